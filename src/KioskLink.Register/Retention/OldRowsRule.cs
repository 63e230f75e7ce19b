using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Retention;

/// <summary>A table whose rows go when a time in them lies before the cutoff, whatever else they hold.</summary>
/// <param name="Table">The table; it has a column <c>consortium</c>.</param>
/// <param name="Key">The column that names a row.</param>
/// <param name="Time">The column, or the term of columns, from which the period counts; a row without a time stays.</param>
/// <param name="What">What a row is, for the counts.</param>
internal sealed record OldRows(string Table, string Key, string Time, string What)
{
    /// <summary>Requests of data subjects that are closed.</summary>
    public static readonly OldRows Requests = new("request_cases", "case_id", "closed_at", "requests");

    /// <summary>Applications, whatever became of them (R34, R60).</summary>
    public static readonly OldRows Applications = new("applications", "application_number", "received_at", "applications");

    /// <summary>
    /// References to recordings (R61). The camera room's upkeep purges them to the minute when the recording vanishes; what the rule
    /// finds, a stopped register left behind.
    /// </summary>
    public static readonly OldRows CameraReferences = new("camera_references", "reference_id", "recorded_at", "references");

    /// <summary>
    /// Messages and notices; a notice stays while its file does. What the daily round has told of a matter that is still open stays known
    /// without the patron, or it would be told again.
    /// </summary>
    public static readonly IReadOnlyList<OldRows> Messages =
    [
        new("patron_messages", "message_id", "created_at", "messages"),
        new("sent_notices", "notice_id", "CASE WHEN file = '' THEN sent_at END", "notices"),
    ];

    /// <summary>What has come to its end and is of no use any more; a ban without an end stays until somebody lifts it.</summary>
    public static readonly IReadOnlyList<OldRows> EndedMatters =
    [
        new("bans", "ban_id", "COALESCE(lifted_at, end_at)", "bans"),
        new("patron_notes", "note_id", "settled_at", "settled remarks"),
        new("legal_holds", "hold_id", "released_at", "released holds of the law"),
    ];

    /// <summary>What was owed and is paid.</summary>
    public static readonly IReadOnlyList<OldRows> SettledDebts =
    [
        new("fees", "fee_id", "settled_at", "settled fees"),
        new("invoices", "invoice_id", "settled_at", "settled invoices"),
        new("fee_payments", "payment_id", "paid_at", "payments"),
    ];
}

/// <summary>Deletes the old rows of tables in slices. Thread-safe.</summary>
internal sealed class OldRowsRule(string consortium, string name, IReadOnlyList<OldRows> tables) : IRetentionRule
{
    private const int SliceRows = 500;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IReadOnlyList<RetentionCount> Count(RegisterDb db, long cutoff, Instant now) =>
        [.. tables.Select(rows => new RetentionCount(rows.What, Sql.Number(db, $"SELECT count(*) {Due(rows)}", ("$consortium", consortium), ("$cutoff", cutoff))))];

    /// <inheritdoc/>
    public RetentionSlice Remove(WriteScope scope, long cutoff, long after)
    {
        var removed = tables.Select(rows => Remove(scope, rows, cutoff)).ToList();
        return new RetentionSlice(removed.Sum(), removed.Max() < SliceRows ? null : 0);
    }

    private int Remove(WriteScope scope, OldRows rows, long cutoff) => Sql.Run(
        scope.Db,
        $"DELETE FROM {rows.Table} WHERE consortium = $consortium AND {rows.Key} IN (SELECT {rows.Key} {Due(rows)} LIMIT {SliceRows})",
        ("$consortium", consortium), ("$cutoff", cutoff));

    private static string Due(OldRows rows) => $"FROM {rows.Table} WHERE consortium = $consortium AND {rows.Time} < $cutoff";
}
