using KioskLink.Register.Jobs;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using NodaTime;

namespace KioskLink.Register.Retention;

/// <summary>
/// Patrons who have used neither a card nor the library otherwise since the cutoff, and got no card since (R57, R58). Whom something
/// holds is kept: open loans and holds, unpaid fees, a ban, others who need the patron to answer for them, an open request, a restriction.
/// </summary>
internal sealed class InactivePatronsRule(RegisterCore core, SubjectHolds holds, SubjectErasure erasure) : IRetentionRule
{
    // Few are deleted at once, of those many are looked at: each deletion reaches every store.
    private const int ErasedMax = 8;
    private const int LookedAtMax = 2_000;

    private const string Due = """
        p.consortium = $consortium AND p.created_at < $cutoff AND (p.last_used_at IS NULL OR p.last_used_at < $cutoff) AND NOT EXISTS (
            SELECT 1 FROM cards c WHERE c.patron_id = p.patron_id AND (c.last_used_at >= $cutoff OR c.created_at >= $cutoff))
        """;

    // It forbids no deletion that the patron asks for, but who waits for a book is no unused customer.
    private const string Waiting = "EXISTS (SELECT 1 FROM holds h WHERE h.patron_id = p.patron_id)";

    /// <inheritdoc/>
    public string Name => RetentionRules.InactivePatrons;

    private string Held => $"({holds.Any} OR {Waiting} OR {KeptBack.Restricted} OR {KeptBack.Asked})";

    /// <inheritdoc/>
    public IReadOnlyList<RetentionCount> Count(RegisterDb db, long cutoff, Instant now)
    {
        (string What, string Condition)[] columns =
        [
            ("patrons", $"NOT {Held}"),
            .. holds.All.Select(hold => ($"kept: {hold.Sentence}", hold.Condition)),
            ("kept: holds are open", Waiting),
            .. KeptBack.All,
        ];
        using var command = Sql.Command(
            db, $"SELECT {string.Join(", ", columns.Select(column => $"coalesce(sum({column.Condition}), 0)"))} FROM patrons p WHERE {Due}",
            ("$consortium", core.Store.Consortium), ("$cutoff", cutoff), ("$now", now.ToUnixTimeMilliseconds()), Wards.Grown(now));
        using var reader = command.ExecuteReader();
        reader.Read();
        return [.. columns.Select((column, at) => new RetentionCount(column.What, reader.GetInt64(at)))];
    }

    /// <inheritdoc/>
    public RetentionSlice Remove(WriteScope scope, long cutoff, long after)
    {
        var last = Sql.Number(scope.Db, "SELECT coalesce(max(patron_id), 0) FROM patrons");
        var due = Read(scope, cutoff, after);
        foreach (var patron in due)
        {
            erasure.Erase(scope, patron, new ErasureReason(RetentionRules.InactivePatrons, JobCall.System));
        }

        var next = due.Count == ErasedMax ? due[^1].PatronId : after + LookedAtMax;
        return new RetentionSlice(due.Count, next >= last ? null : next);
    }

    /// <inheritdoc/>
    public Task EndAsync() => erasure.SweepAsync();

    private List<PatronRow> Read(WriteScope scope, long cutoff, long after)
    {
        using var select = scope.Command(
            $"""
            SELECT p.patron_id FROM patrons p WHERE p.patron_id > $after AND p.patron_id <= $until AND {Due} AND NOT {Held}
            ORDER BY p.patron_id LIMIT {ErasedMax}
            """,
            ("$consortium", scope.Consortium), ("$cutoff", cutoff), ("$now", scope.NowMs), Wards.Grown(scope.Now), ("$after", after),
            ("$until", after + LookedAtMax));
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
