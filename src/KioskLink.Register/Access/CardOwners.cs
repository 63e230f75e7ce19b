using KioskLink.Register.Cards;
using KioskLink.Register.Store;

namespace KioskLink.Register.Access;

/// <summary>Whose the cards are that attempts at doors name.</summary>
internal static class CardOwners
{
    /// <summary>The register's own numbers of their patrons; a card that is gone is nobody's.</summary>
    public static IReadOnlyList<long> Of(RegisterDb db, IEnumerable<string> cardRefs)
    {
        var refs = cardRefs.Where(reference => reference.Length > 0).Distinct().ToList();
        return [.. db.Set<CardRow>().Where(card => refs.Contains("card-" + card.CardId)).Select(card => card.PatronId).Distinct()];
    }
}
