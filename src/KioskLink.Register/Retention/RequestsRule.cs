using KioskLink.Register.Rights;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace KioskLink.Register.Retention;

/// <summary>Requests of data subjects that were closed before the cutoff.</summary>
internal sealed class RequestsRule(RegisterCore core) : IRetentionRule
{
    private const int SliceRows = 500;

    /// <inheritdoc/>
    public string Name => RetentionRules.Requests;

    /// <inheritdoc/>
    public IReadOnlyList<RetentionCount> Count(RegisterDb db, long cutoff, Instant now) =>
        [new("requests", db.Set<SubjectRequestRow>().LongCount(row => row.Consortium == core.Store.Consortium && row.ClosedAt < cutoff))];

    /// <inheritdoc/>
    public RetentionSlice Remove(WriteScope scope, long cutoff, long after) => RetentionSlice.Of(
        scope.Db.Set<SubjectRequestRow>()
            .Where(row => row.Consortium == scope.Consortium && row.ClosedAt < cutoff)
            .OrderBy(row => row.CaseId)
            .Take(SliceRows)
            .ExecuteDelete(),
        SliceRows);
}
