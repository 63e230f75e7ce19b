using KioskLink.Register.Facts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Permissions;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Cards;

/// <summary>Writes cards; a card as it stands already is not written again.</summary>
internal sealed class CardWriter(Vault vault)
{
    /// <summary>Whether another patron or a badge has the number.</summary>
    public bool IsTaken(RegisterDb db, string consortium, string number, long patronId)
    {
        var key = vault.CardIndex(number).ToBytes();
        return db.Set<CardRow>().Any(card => card.Consortium == consortium && card.NumberIndex == key && card.PatronId != patronId)
            || db.Set<BadgeRow>().Any(badge => badge.Consortium == consortium && badge.NumberIndex == key);
    }

    /// <summary>The card of a number; null when there is none.</summary>
    public CardRow? Find(RegisterDb db, string consortium, string number)
    {
        var key = vault.CardIndex(number).ToBytes();
        return db.Set<CardRow>().SingleOrDefault(card => card.Consortium == consortium && card.NumberIndex == key);
    }

    /// <summary>Gives a patron a card, or changes its expiry; a null expiry leaves the stored one.</summary>
    public (CardRow Row, WriteOutcome Outcome) Put(WriteScope scope, long patronId, string number, string? expiresOn)
    {
        if (Find(scope.Db, scope.Consortium, number) is { } card)
        {
            return expiresOn is null || card.ExpiresOn == expiresOn
                ? (card, WriteOutcome.Unchanged)
                : (Change(scope, card with { ExpiresOn = expiresOn }, priority: false), WriteOutcome.Changed);
        }

        var row = new CardRow
        {
            Consortium = scope.Consortium,
            PatronId = patronId,
            NumberIndex = vault.CardIndex(number).ToBytes(),
            SealedNumber = vault.SealCardNumber(number),
            ExpiresOn = expiresOn ?? "",
            CreatedAt = scope.NowMs,
            UpdatedAt = scope.NowMs,
        };
        scope.Db.Add(row);
        scope.Db.SaveChanges();
        scope.Db.Entry(row).State = EntityState.Detached;
        // What was tried on the number while nobody had it says nothing of the card.
        GuessBook.Clear(scope, BlindIndex.Read(row.NumberIndex));
        scope.Touch(EntityId.Card(row.CardId));
        return (row, WriteOutcome.Created);
    }

    /// <summary>Marks a card lost or found.</summary>
    public static CardRow SetLost(WriteScope scope, CardRow card, bool lost) =>
        card.Lost == lost ? card : Change(scope, card with { Lost = lost }, priority: true);

    /// <summary>Notes that a card was used with its PIN away from a door (R17); no door needs to know.</summary>
    public static void NoteUse(WriteScope scope, long cardId) => scope.Db.Set<CardRow>()
        .Where(row => row.CardId == cardId && (row.LastUsedAt == null || row.LastUsedAt < scope.NowMs))
        .ExecuteUpdate(set => set.SetProperty(row => row.LastUsedAt, scope.NowMs));

    private static CardRow Change(WriteScope scope, CardRow card, bool priority)
    {
        card.UpdatedAt = scope.NowMs;
        scope.Db.Set<CardRow>().Where(row => row.CardId == card.CardId).ExecuteUpdate(set => set
            .SetProperty(row => row.ExpiresOn, card.ExpiresOn)
            .SetProperty(row => row.Lost, card.Lost)
            .SetProperty(row => row.UpdatedAt, card.UpdatedAt));
        scope.Touch(EntityId.Card(card.CardId), priority);
        return card;
    }
}
