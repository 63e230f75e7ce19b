using KioskLink.Register.Camera;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace KioskLink.Register.Retention;

/// <summary>References from entries to moments of recordings (R61).</summary>
internal sealed class CameraReferencesRule(RegisterCore core) : IRetentionRule
{
    private const int SliceRows = 500;

    /// <inheritdoc/>
    public string Name => RetentionRules.CameraReferences;

    /// <inheritdoc/>
    public IReadOnlyList<RetentionCount> Count(RegisterDb db, long cutoff, Instant now) =>
        [new("references", db.Set<ReferenceRow>().LongCount(row => row.Consortium == core.Store.Consortium && row.RecordedAt < cutoff))];

    /// <inheritdoc/>
    public RetentionSlice Remove(WriteScope scope, long cutoff, long after) => RetentionSlice.Of(
        scope.Db.Set<ReferenceRow>()
            .Where(row => row.Consortium == scope.Consortium && row.RecordedAt < cutoff)
            .OrderBy(row => row.RecordedAt)
            .Take(SliceRows)
            .ExecuteDelete(),
        SliceRows);
}
