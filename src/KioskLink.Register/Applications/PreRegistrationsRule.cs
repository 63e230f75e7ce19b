using KioskLink.Register.Jobs;
using KioskLink.Register.Patrons;
using KioskLink.Register.Retention;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using NodaTime;

namespace KioskLink.Register.Applications;

/// <summary>
/// Patrons whom an application made and who never got a card (R38, R60). Whom something holds is kept, as is who has asked for something
/// that is not answered. One whose card was issued is no pre-registration any more. Whom staff stored without a card is none either (an
/// adult who answers for a child, a community, home service): where nobody uses them, they fall to the rule of unused patrons.
/// </summary>
internal sealed class PreRegistrationsRule(RegisterStore store, SubjectHolds holds, SubjectErasure erasure) : IRetentionRule
{
    // Each deletion reaches every store.
    private const int SliceRows = 8;

    private const string Due = """
        pre_registrations r JOIN patrons p ON p.patron_id = r.patron_id
        WHERE r.consortium = $consortium AND r.registered_at < $cutoff AND NOT EXISTS (SELECT 1 FROM cards c WHERE c.patron_id = r.patron_id)
        """;

    /// <inheritdoc/>
    public string Name => RetentionRules.PreRegistrations;

    private string Kept => $"({holds.Any} OR {KeptBack.Restricted} OR {KeptBack.Asked})";

    /// <inheritdoc/>
    public IReadOnlyList<RetentionCount> Count(RegisterDb db, long cutoff, Instant now)
    {
        long Number(string condition) => Sql.Number(
            db, $"SELECT count(*) FROM {Due} AND {condition}",
            ("$consortium", store.Consortium), ("$cutoff", cutoff), ("$now", now.ToUnixTimeMilliseconds()), Wards.Grown(now));
        return
        [
            new("patrons without a card", Number($"NOT {Kept}")), new("kept: something holds them", Number(holds.Any)),
            .. KeptBack.All.Select(one => new RetentionCount(one.What, Number(one.Condition))),
        ];
    }

    /// <inheritdoc/>
    public RetentionSlice Remove(WriteScope scope, long cutoff, long after)
    {
        var due = Read(scope, cutoff);
        foreach (var patron in due)
        {
            erasure.Erase(scope, patron, new ErasureReason(Name, JobCall.System));
        }

        return RetentionSlice.Of(due.Count, SliceRows);
    }

    /// <inheritdoc/>
    public Task EndAsync() => erasure.SweepAsync();

    private List<PatronRow> Read(WriteScope scope, long cutoff)
    {
        using var select = scope.Command(
            $"SELECT r.patron_id FROM {Due} AND NOT {Kept} ORDER BY r.patron_id LIMIT {SliceRows}",
            ("$consortium", scope.Consortium), ("$cutoff", cutoff), ("$now", scope.NowMs), Wards.Grown(scope.Now));
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
}
