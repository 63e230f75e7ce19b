using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Retention;

/// <summary>A table whose rows go when a time in them lies before the cutoff, whatever else they hold.</summary>
/// <param name="Table">The table; it has a column <c>consortium</c>.</param>
/// <param name="Key">The column that names a row.</param>
/// <param name="Time">The column from which the period counts; a row without a time stays.</param>
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
}

/// <summary>Deletes the old rows of a table in slices. Thread-safe.</summary>
internal sealed class OldRowsRule(string consortium, string name, OldRows rows) : IRetentionRule
{
    private const int SliceRows = 500;

    private readonly string _due = $"FROM {rows.Table} WHERE consortium = $consortium AND {rows.Time} < $cutoff";

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IReadOnlyList<RetentionCount> Count(RegisterDb db, long cutoff, Instant now) =>
        [new(rows.What, Sql.Number(db, $"SELECT count(*) {_due}", ("$consortium", consortium), ("$cutoff", cutoff)))];

    /// <inheritdoc/>
    public RetentionSlice Remove(WriteScope scope, long cutoff, long after) => RetentionSlice.Of(
        Sql.Run(
            scope.Db,
            $"DELETE FROM {rows.Table} WHERE {rows.Key} IN (SELECT {rows.Key} {_due} LIMIT {SliceRows})",
            ("$consortium", consortium), ("$cutoff", cutoff)),
        SliceRows);
}
