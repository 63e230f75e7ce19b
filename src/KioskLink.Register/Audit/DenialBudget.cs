namespace KioskLink.Register.Audit;

/// <summary>
/// Notes the refused calls of nodes and of callers that nobody knows: each with a row of its own up to <see cref="RowsMax"/> a
/// minute, beyond that in one row with their number, so that nobody can fill the disk by knocking. Thread-safe.
/// </summary>
internal sealed class DenialBudget(AuditLog log, TimeProvider time) : IDisposable
{
    /// <summary>Rows of their own in one <see cref="Window"/>.</summary>
    public const int RowsMax = KnockBudget.EachMax;

    /// <summary>The span over which rows are counted.</summary>
    public static readonly TimeSpan Window = KnockBudget.Window;

    // The log ends after this, so that what is told last is written too.
    private readonly KnockBudget _budget = new(time, gathered => _ = log.NoteBehindAsync(Gathered(gathered)).AsTask());

    /// <summary>Notes a refusal behind its answer.</summary>
    /// <param name="entry">The refusal.</param>
    /// <param name="change">What stands for what the call changed before it was refused; null where there is none.</param>
    public ValueTask NoteAsync(AuditEntry entry, ChangeNote? change = null) => _budget.Take() ? log.NoteBehindAsync(entry, change)
        : change is { HasRow: true } ? log.ForgetAsync(change) : ValueTask.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _budget.Dispose();

    private static AuditEntry Gathered(long calls) =>
        new() { Actor = "", Role = "", Action = "refused", Result = "PERMISSION_DENIED", Reason = "GATHERED", Calls = calls };
}
