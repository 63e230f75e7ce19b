using KioskLink.Register.Applications;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace KioskLink.Register.Retention;

/// <summary>Applications for a card, whatever became of them (R34, R60).</summary>
internal sealed class ApplicationsRule(RegisterCore core) : IRetentionRule
{
    private const int SliceRows = 500;

    /// <inheritdoc/>
    public string Name => RetentionRules.Applications;

    /// <inheritdoc/>
    public IReadOnlyList<RetentionCount> Count(RegisterDb db, long cutoff, Instant now) =>
        [new("applications", db.Set<ApplicationRow>().LongCount(row => row.Consortium == core.Store.Consortium && row.ReceivedAt < cutoff))];

    /// <inheritdoc/>
    public RetentionSlice Remove(WriteScope scope, long cutoff, long after) => RetentionSlice.Of(
        scope.Db.Set<ApplicationRow>()
            .Where(row => row.Consortium == scope.Consortium && row.ReceivedAt < cutoff)
            .OrderBy(row => row.ReceivedAt)
            .Take(SliceRows)
            .ExecuteDelete(),
        SliceRows);
}
