using KioskLink.Register.Audit;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace KioskLink.Register.Retention;

/// <summary>Rows of the audit log, oldest first, so that the rest is one chain that begins where the deleted ones ended.</summary>
internal sealed class AccessLogRule(RegisterCore core, AuditAnchor anchor) : IRetentionRule
{
    private const int SliceRows = 500;

    /// <inheritdoc/>
    public string Name => RetentionRules.AccessLog;

    /// <inheritdoc/>
    public IReadOnlyList<RetentionCount> Count(RegisterDb db, long cutoff, Instant now) =>
        [new("rows", db.Set<AuditRow>().LongCount(row => row.Consortium == core.Store.Consortium && row.At < cutoff))];

    /// <inheritdoc/>
    public RetentionSlice Remove(WriteScope scope, long cutoff, long after)
    {
        var rows = scope.Db.Set<AuditRow>()
            .Where(row => row.Consortium == scope.Consortium)
            .OrderBy(row => row.Sequence)
            .Take(SliceRows)
            .Select(row => new { row.Sequence, row.At, row.Hash })
            .AsEnumerable()
            .TakeWhile(row => row.At < cutoff)
            .ToList();
        if (rows.Count == 0)
        {
            return new RetentionSlice(0, null);
        }

        var last = rows[^1];
        using var chain = AuditChain.Open(scope, core.Store.Vault, anchor.Known);
        scope.Db.Set<AuditSubjectRow>().Where(row => row.Consortium == scope.Consortium && row.Sequence <= last.Sequence).ExecuteDelete();
        scope.Db.Set<AuditRow>().Where(row => row.Consortium == scope.Consortium && row.Sequence <= last.Sequence).ExecuteDelete();
        chain.BeginAfter(last.Sequence, last.Hash);
        chain.Close();
        return RetentionSlice.Of(rows.Count, SliceRows);
    }
}
