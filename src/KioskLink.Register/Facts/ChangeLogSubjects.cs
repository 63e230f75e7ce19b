using KioskLink.Register.Cards;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using KioskLink.Rules.Access;
using static KioskLink.Register.Subjects.SubjectPart;

namespace KioskLink.Register.Facts;

/// <summary>The change log's facts of a patron's cards. Erasing keeps the versions, which count commits, and empties their facts.</summary>
internal sealed class ChangeLogSubjects : ISubjectStore
{
    private const string Forget = """
        UPDATE change_log SET facts = NULL
        WHERE consortium = $consortium AND kind = $kind AND facts IS NOT NULL
            AND entity_id IN (SELECT CAST(card_id AS TEXT) FROM cards WHERE patron_id = $patron)
        """;

    /// <inheritdoc/>
    public string Name => "change-log";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => ["change_log"];

    /// <inheritdoc/>
    public IEnumerable<SubjectPart> Export(RegisterDb db, PatronRow patron)
    {
        var cards = db.Set<CardRow>().Where(card => card.PatronId == patron.PatronId).Select(card => card.CardId).ToList().ConvertAll(id => EntityId.Card(id).Id);
        return db.Set<ChangeRow>()
            .Where(row => row.Consortium == patron.Consortium && row.Kind == (int)EntityKind.Card && cards.Contains(row.EntityId) && row.Facts != null)
            .OrderBy(row => row.Version)
            .AsEnumerable()
            .Select(row => Part(row, StoredFacts.ReadCard(row.Facts!).Facts));
    }

    /// <inheritdoc/>
    public void Erase(WriteScope scope, PatronRow patron) => Sql.Run(
        scope.Db, Forget, ("$consortium", scope.Consortium), ("$kind", (int)EntityKind.Card), ("$patron", patron.PatronId));

    private static SubjectPart Part(ChangeRow row, CardFacts facts) => Of(
        "door-facts",
        ("time", Time(row.CommitTime)), ("lost", Flag(facts.Lost)), ("card_expires_on", Date(facts.CardExpiresOn)),
        ("restricted", Flag(facts.Restricted)), ("group", facts.Group), ("guardian_consent", Flag(facts.GuardianConsent)),
        ("terms_accepted", Flag(facts.TermsAccepted)), ("registered", Flag(facts.Registered)),
        ("extended_time", Flag(facts.ExtendedTime)),
        ("bans", string.Join(", ", facts.Bans.Select(ban => ban.Kind))));
}
