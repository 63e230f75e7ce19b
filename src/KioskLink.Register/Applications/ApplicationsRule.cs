using KioskLink.Register.Retention;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Applications;

/// <summary>Applications, whatever became of them (R34, R60).</summary>
internal sealed class ApplicationsRule(RegisterStore store) : IRetentionRule
{
    private const int SliceRows = 500;

    private const string Due = "consortium = $consortium AND received_at < $cutoff";

    /// <inheritdoc/>
    public string Name => RetentionRules.Applications;

    /// <inheritdoc/>
    public IReadOnlyList<RetentionCount> Count(RegisterDb db, long cutoff, Instant now) =>
    [
        new("applications", Sql.Number(
            db, $"SELECT count(*) FROM applications WHERE {Due}", ("$consortium", store.Consortium), ("$cutoff", cutoff))),
    ];

    /// <inheritdoc/>
    public RetentionSlice Remove(WriteScope scope, long cutoff, long after) => RetentionSlice.Of(
        Sql.Run(
            scope.Db,
            $"DELETE FROM applications WHERE application_number IN (SELECT application_number FROM applications WHERE {Due} LIMIT {SliceRows})",
            ("$consortium", scope.Consortium), ("$cutoff", cutoff)),
        SliceRows);
}
