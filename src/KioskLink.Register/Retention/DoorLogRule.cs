using KioskLink.Register.Access;
using KioskLink.Register.Statistics;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Retention;

/// <summary>
/// Entries at doors (R63): what is older than the period becomes a count of branch, hour and result; the row goes, and with it salt
/// and personal part of the node's record, and of the card's last grant only the week is left. A record without a row loses them by
/// the time at which it came.
/// </summary>
internal sealed class DoorLogRule(RegisterCore core, VisitorWeeks weeks) : IRetentionRule
{
    /// <summary>Rows that one unit of work looks at.</summary>
    public const int SliceRows = 1_000;

    // Each of them touches a card.
    private const int SliceVisits = 250;

    private const string At = DoorEntries.At;

    private const string Forget = """
        UPDATE journal_records SET salt = X'', personal = X'' WHERE consortium = $consortium AND node_id = $node AND sequence = $sequence
            AND journal_id IN (SELECT journal_id FROM journals WHERE consortium = $consortium AND node_id = $node) AND length(personal) > 0
        """;

    private const string ForgetRest = """
        UPDATE journal_records SET salt = X'', personal = X'' WHERE consortium = $consortium AND length(personal) > 0 AND received_at < $cutoff
        """;

    private const string Tally = """
        INSERT INTO door_counts (consortium, branch_id, day, hour, code, entries) VALUES ($consortium, $branch, $day, $hour, $code, $entries)
        ON CONFLICT (consortium, branch_id, day, hour, code) DO UPDATE SET entries = entries + excluded.entries
        """;

    /// <inheritdoc/>
    public string Name => RetentionRules.DoorLog;

    /// <inheritdoc/>
    public IReadOnlyList<RetentionCount> Count(RegisterDb db, long cutoff, Instant now) =>
    [
        new("entries", Number(db, $"SELECT count(*) FROM attempts WHERE consortium = $consortium AND {At} < $cutoff", cutoff)),
        new("records older than that", Number(
            db, "SELECT count(*) FROM journal_records WHERE consortium = $consortium AND length(personal) > 0 AND received_at < $cutoff", cutoff)),
        new("last visits by the week alone", Number(
            db, "SELECT count(*) FROM visits WHERE consortium = $consortium AND by_week = 0 AND granted_at < $cutoff", cutoff)),
    ];

    /// <inheritdoc/>
    public RetentionSlice Remove(WriteScope scope, long cutoff, long after)
    {
        if (after == 0)
        {
            // The job counts them in time; after a stop of days the first run of either comes here first.
            weeks.Count(scope);
        }

        var rows = Read(scope, cutoff, after);
        if (rows.Count == 0)
        {
            return End(scope, cutoff, after);
        }

        var old = rows.Where(row => row.At < cutoff).ToList();
        foreach (var count in old.Where(row => !row.IsCounted).GroupBy(row => Hour(row)))
        {
            Add(scope, count.Key, count.Count());
        }

        foreach (var row in old)
        {
            Sql.Run(scope.Db, Forget, ("$consortium", scope.Consortium), ("$node", row.Node), ("$sequence", row.Sequence));
            Sql.Run(scope.Db, "DELETE FROM attempts WHERE row_number = $row", ("$row", row.Number));
        }

        return new RetentionSlice(old.Count, rows[^1].Number);
    }

    private static RetentionSlice End(WriteScope scope, long cutoff, long after)
    {
        if (VisitWeeks.Forget(scope, cutoff, SliceVisits) == SliceVisits)
        {
            return new RetentionSlice(0, after);
        }

        Sql.Run(scope.Db, ForgetRest, ("$consortium", scope.Consortium), ("$cutoff", cutoff));
        return new RetentionSlice(0, null);
    }

    private long Number(RegisterDb db, string sql, long cutoff) => Sql.Number(db, sql, ("$consortium", core.Store.Consortium), ("$cutoff", cutoff));

    private static List<Entry> Read(WriteScope scope, long cutoff, long after)
    {
        using var select = scope.Command(
            $"""
            SELECT row_number, branch_id, node_id, journal_sequence, {DoorEntries.Code}, {At}, {DoorEntries.IsCounted} FROM attempts
            WHERE consortium = $consortium AND row_number > $after ORDER BY row_number LIMIT {SliceRows}
            """,
            ("$consortium", scope.Consortium), ("$after", after), ("$kept", scope.NowMs - cutoff));
        using var reader = select.ExecuteReader();
        var rows = new List<Entry>();
        while (reader.Read())
        {
            rows.Add(new Entry(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3), reader.GetInt32(4), reader.GetInt64(5), reader.GetBoolean(6)));
        }

        return rows;
    }

    private static (string Branch, string Day, int Hour, int Code) Hour(Entry row)
    {
        var local = Instant.FromUnixTimeMilliseconds(row.At).InZone(OpeningCalendar.Zone).LocalDateTime;
        return (row.Branch, LocalDatePattern.Iso.Format(local.Date), local.Hour, row.Code);
    }

    private static void Add(WriteScope scope, (string Branch, string Day, int Hour, int Code) hour, int entries) => Sql.Run(
        scope.Db, Tally, ("$consortium", scope.Consortium), ("$branch", hour.Branch), ("$day", hour.Day), ("$hour", hour.Hour),
        ("$code", hour.Code), ("$entries", entries));

    private sealed record Entry(long Number, string Branch, string Node, long Sequence, int Code, long At, bool IsCounted);
}
