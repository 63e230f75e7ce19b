namespace KioskLink.Register.Audit;

/// <summary>
/// Notes the refused calls of nodes and of callers that nobody knows: each with a row of its own up to <see cref="RowsMax"/> a
/// minute, beyond that in one row with their number, so that nobody can fill the disk by knocking. Thread-safe.
/// </summary>
internal sealed class DenialBudget(AuditLog log, TimeProvider time)
{
    /// <summary>Rows of their own in one <see cref="Window"/>.</summary>
    public const int RowsMax = 60;

    /// <summary>The span over which rows are counted.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private DateTimeOffset _end;
    private int _rows;
    private long _uncounted;

    /// <summary>Notes a refusal behind its answer.</summary>
    public async ValueTask NoteAsync(AuditEntry entry)
    {
        var (hasRow, gathered) = Count();
        if (gathered > 0)
        {
            await log.NoteBehindAsync(Gathered(gathered)).ConfigureAwait(false);
        }

        if (hasRow)
        {
            await log.NoteBehindAsync(entry).ConfigureAwait(false);
        }
    }

    private (bool HasRow, long Gathered) Count()
    {
        lock (_gate)
        {
            var gathered = 0L;
            if (time.GetUtcNow() >= _end)
            {
                (gathered, _uncounted, _rows, _end) = (_uncounted, 0, 0, time.GetUtcNow() + Window);
            }

            if (_rows >= RowsMax)
            {
                _uncounted++;
                return (false, gathered);
            }

            _rows++;
            return (true, gathered);
        }
    }

    private static AuditEntry Gathered(long calls) =>
        new() { Actor = "", Role = "", Action = "refused", Result = "PERMISSION_DENIED", Reason = "GATHERED", Calls = calls };
}
