using KioskLink.Register.Applications;
using KioskLink.Register.Cards;
using KioskLink.Register.Jobs;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace KioskLink.Register.Retention;

/// <summary>
/// Patrons whom an application created and who never fetched a card (R38, R60). Of those who did, only the note goes; whom something
/// holds is kept.
/// </summary>
internal sealed class PreRegistrationsRule(RegisterCore core, SubjectHolds holds, SubjectErasure erasure) : IRetentionRule
{
    private const int SliceRows = 8;

    private const string Due = """
        FROM pre_registrations w JOIN patrons p ON p.patron_id = w.patron_id
        WHERE w.consortium = $consortium AND w.registered_at < $cutoff AND NOT EXISTS (SELECT 1 FROM cards c WHERE c.patron_id = p.patron_id)
        """;

    /// <inheritdoc/>
    public string Name => RetentionRules.PreRegistrations;

    private string Held => $"({holds.Any} OR p.restricted = 1)";

    /// <inheritdoc/>
    public IReadOnlyList<RetentionCount> Count(RegisterDb db, long cutoff, Instant now) =>
    [
        new("patrons without a card", Number(db, $"SELECT count(*) {Due} AND NOT {Held}", cutoff, now)),
        new("kept: something holds them", Number(db, $"SELECT count(*) {Due} AND {Held}", cutoff, now)),
    ];

    /// <inheritdoc/>
    public RetentionSlice Remove(WriteScope scope, long cutoff, long after)
    {
        var due = Read(scope, cutoff, after);
        foreach (var patron in due)
        {
            erasure.Erase(scope, patron, new ErasureReason(RetentionRules.PreRegistrations, JobCall.System, null));
        }

        if (due.Count == SliceRows)
        {
            return new RetentionSlice(due.Count, due[^1].PatronId);
        }

        ForgetFetched(scope, cutoff);
        return new RetentionSlice(due.Count, null);
    }

    /// <inheritdoc/>
    public Task EndAsync() => erasure.SweepAsync();

    private static void ForgetFetched(WriteScope scope, long cutoff) => scope.Db.Set<PreRegistrationRow>()
        .Where(row => row.Consortium == scope.Consortium && row.RegisteredAt < cutoff && scope.Db.Set<CardRow>().Any(card => card.PatronId == row.PatronId))
        .ExecuteDelete();

    private List<PatronRow> Read(WriteScope scope, long cutoff, long after)
    {
        using var select = scope.Command(
            $"SELECT p.patron_id {Due} AND NOT {Held} AND p.patron_id > $after ORDER BY p.patron_id LIMIT {SliceRows}",
            ("$consortium", scope.Consortium), ("$cutoff", cutoff), ("$now", scope.NowMs), ("$after", after));
        var ids = new List<long>();
        using (var reader = select.ExecuteReader())
        {
            while (reader.Read())
            {
                ids.Add(reader.GetInt64(0));
            }
        }

        return [.. scope.Db.Set<PatronRow>().Where(row => ids.Contains(row.PatronId)).OrderBy(row => row.PatronId)];
    }

    private long Number(RegisterDb db, string sql, long cutoff, Instant now) => Sql.Number(
        db, sql, ("$consortium", core.Store.Consortium), ("$cutoff", cutoff), ("$now", now.ToUnixTimeMilliseconds()));
}
