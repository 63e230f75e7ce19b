using KioskLink.Protos.Register.V1;
using KioskLink.Register.Retention;
using KioskLink.Register.Store;
using NodaTime;
using RetentionCount = KioskLink.Register.Retention.RetentionCount;

namespace KioskLink.Register.Camera;

/// <summary>Copies that are destroyed (R62): their chain is kept for the profile's period after the destruction. One that is still there stays.</summary>
internal sealed class CameraCopiesRule(RegisterCore core) : IRetentionRule
{
    private const int SliceRows = 500;
    private static readonly string Due = $"consortium = $consortium AND state = {(int)CameraCopyState.Destroyed} AND destroyed_at < $cutoff";

    /// <inheritdoc/>
    public string Name => RetentionRules.CameraCopies;

    /// <inheritdoc/>
    public IReadOnlyList<RetentionCount> Count(RegisterDb db, long cutoff, Instant now) =>
        [new("copies", Sql.Number(db, $"SELECT count(*) FROM camera_copies WHERE {Due}", ("$consortium", core.Store.Consortium), ("$cutoff", cutoff)))];

    /// <inheritdoc/>
    public RetentionSlice Remove(WriteScope scope, long cutoff, long after) => RetentionSlice.Of(
        Sql.Run(
            scope.Db, $"DELETE FROM camera_copies WHERE copy_id IN (SELECT copy_id FROM camera_copies WHERE {Due} LIMIT {SliceRows})",
            ("$consortium", scope.Consortium), ("$cutoff", cutoff)),
        SliceRows);
}

/// <summary>
/// Viewings and their records, which name who viewed, decided and asked (R71): kept for the profile's period after the record. A viewing
/// whose record is missing stays, and so does one of which a copy is on record.
/// </summary>
internal sealed class CameraSessionsRule(RegisterCore core) : IRetentionRule
{
    private const int SliceRows = 500;
    private const string Old = "s.consortium = $consortium AND s.completed_at < $cutoff";
    private const string Needed = """
        (EXISTS (SELECT 1 FROM camera_copies c WHERE c.session_id = s.session_id) OR EXISTS (SELECT 1 FROM camera_references r WHERE r.session_id = s.session_id))
        """;

    /// <inheritdoc/>
    public string Name => RetentionRules.CameraSessions;

    /// <inheritdoc/>
    public IReadOnlyList<RetentionCount> Count(RegisterDb db, long cutoff, Instant now)
    {
        long Number(string condition) => Sql.Number(
            db, $"SELECT count(*) FROM camera_sessions s WHERE {Old} AND {condition}", ("$consortium", core.Store.Consortium), ("$cutoff", cutoff));
        return [new("viewings", Number($"NOT {Needed}")), new("kept: a copy or a recording of the viewing is still on record", Number(Needed))];
    }

    /// <inheritdoc/>
    public RetentionSlice Remove(WriteScope scope, long cutoff, long after) => RetentionSlice.Of(
        Sql.Run(
            scope.Db, $"DELETE FROM camera_sessions WHERE session_id IN (SELECT s.session_id FROM camera_sessions s WHERE {Old} AND NOT {Needed} LIMIT {SliceRows})",
            ("$consortium", scope.Consortium), ("$cutoff", cutoff)),
        SliceRows);
}
