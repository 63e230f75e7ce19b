using KioskLink.Register.Access;
using KioskLink.Register.Facts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using static KioskLink.Register.Subjects.SubjectPart;

namespace KioskLink.Register.Cards;

/// <summary>A patron's cards with their PINs, guesses and visits. Of a PIN an export tells only when it was set.</summary>
internal sealed class CardSubjects(Vault vault) : ISubjectStore
{
    private const string OfCards = " WHERE card_id IN (SELECT card_id FROM cards WHERE patron_id = $patron)";

    /// <inheritdoc/>
    public string Name => "cards";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => ["cards", "pins", "guesses", "visits"];

    /// <summary>After everything that refers to cards.</summary>
    public int Rank => 1000;

    /// <inheritdoc/>
    public IEnumerable<SubjectPart> Export(RegisterDb db, PatronRow patron)
    {
        foreach (var card in db.Set<CardRow>().Where(row => row.PatronId == patron.PatronId).OrderBy(row => row.CardId).ToList())
        {
            var pin = db.Set<PinRow>().Where(row => row.CardId == card.CardId).Select(row => (long?)row.ChangedAt).SingleOrDefault();
            yield return Of(
                "card",
                ("card_number", vault.OpenCardNumber(card.SealedNumber)), ("expires_on", card.ExpiresOn), ("lost", Flag(card.Lost)),
                ("last_used", Time(card.LastUsedAt)), ("pin_set", Time(pin)), ("created", Time(card.CreatedAt)), ("updated", Time(card.UpdatedAt)));
            foreach (var visit in db.Set<VisitRow>().Where(row => row.CardId == card.CardId).OrderBy(row => row.BranchId).ToList())
            {
                yield return Of("last-visit", ("branch", visit.BranchId), (visit.ByWeek ? "week_from" : "time", Time(visit.GrantedAt)));
            }
        }
    }

    /// <inheritdoc/>
    public void Erase(WriteScope scope, PatronRow patron)
    {
        var cards = scope.Db.Set<CardRow>().Where(row => row.PatronId == patron.PatronId).Select(row => row.CardId).ToList();
        foreach (var table in new[] { "pins", "visits", "guesses", "cards" })
        {
            Sql.Run(scope.Db, $"DELETE FROM {table}{OfCards}", ("$patron", patron.PatronId));
        }

        cards.ForEach(card => scope.Touch(EntityId.Card(card), priority: true));
    }
}
