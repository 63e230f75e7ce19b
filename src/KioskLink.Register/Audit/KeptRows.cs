namespace KioskLink.Register.Audit;

/// <summary>
/// Rows of the audit log that could not be written and that no call can fail for any more: kept in memory, up to <see cref="Max"/>, and
/// tried again every <see cref="RetryAfter"/>. While it is full, calls that would add to it fail; refusals beyond it are counted, and one
/// row tells their number once the log can be written. For the log's own loop, but for <see cref="IsFull"/> and <see cref="Lose"/>.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class KeptRows(TimeProvider time)
{
    /// <summary>Rows that are kept at most.</summary>
    public const int Max = 10_000;

    /// <summary>The action of the row that tells how many were lost.</summary>
    public const string LostAction = "audit/lost";

    /// <summary>How long it takes to the next try.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Queue<Waiting> _rows = [];
    private volatile bool _isFull;
    private long _lost;
    private Task<bool>? _readable;

    /// <summary>Whether no more can be kept.</summary>
    public bool IsFull => _isFull;

    /// <summary>How many are kept.</summary>
    public int Count => _rows.Count;

    /// <summary>How many could not be kept, and have not been told yet.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Waits for an entry, or for the time of the next try; false at the end of the entries.</summary>
    public async Task<bool> WaitAsync(Func<ValueTask<bool>> wait)
    {
        // A wait that a try has cut short goes on.
        var readable = _readable ?? wait().AsTask();
        _readable = null;
        if (_rows.Count == 0)
        {
            return await readable.ConfigureAwait(false);
        }

        using var woken = new CancellationTokenSource();
        var due = Task.Delay(RetryAfter, time, woken.Token);
        if (await Task.WhenAny(readable, due).ConfigureAwait(false) == due)
        {
            _readable = readable;
            return true;
        }

        await woken.CancelAsync().ConfigureAwait(false);
        return await readable.ConfigureAwait(false);
    }

    /// <summary>Moves what is kept into a batch.</summary>
    public void TakeInto(List<Waiting> batch, int max)
    {
        while (batch.Count < max && _rows.TryDequeue(out var row))
        {
            batch.Add(row);
        }

        _isFull = _rows.Count >= Max;
    }

    /// <summary>Keeps what could not be written, unless its caller fails for it; whether it is kept.</summary>
    public bool Keep(Waiting row)
    {
        if (row is { Done: not null, IsKept: false, Change: null or { HasRow: false } })
        {
            return false;
        }

        if (_rows.Count < Max)
        {
            _rows.Enqueue(row with { Done = null, Entry = row.Entry is { } entry ? entry with { At = entry.At ?? time.GetUtcNow().ToUnixTimeMilliseconds() } : null });
            _isFull = _rows.Count >= Max;
            return true;
        }

        // What stands for a change is in the database, and the next start puts it into the chain.
        if (row is { Entry: not null, Change: null or { HasRow: false } })
        {
            Lose(row.Entry.Calls);
        }

        return false;
    }

    /// <summary>Counts what could not be kept. Thread-safe.</summary>
    public void Lose(long calls) => Interlocked.Add(ref _lost, calls);

    /// <summary>Notes that the number of the lost was told.</summary>
    public void Told(long lost) => Interlocked.Add(ref _lost, -lost);

    /// <summary>The row that tells how many were lost.</summary>
    public static AuditEntry LostEntry(long calls) =>
        new() { Actor = "register", Role = AuditEntry.System, Action = LostAction, Result = "DATA_LOSS", Reason = "NOT_WRITTEN", Calls = calls };
}
