using System.Threading.Channels;
using KioskLink.Register.Hosting;
using KioskLink.Register.Store;

namespace KioskLink.Register.Audit;

/// <summary>
/// Notes who read or wrote what (R42), in one chain (R45). What waits is written together, in one unit of work; whoever awaits
/// goes on when the row is durable, and fails when it cannot be. Rows that nobody can fail for are kept and tried again
/// (<see cref="KeptRows"/>). Thread-safe.
/// </summary>
internal sealed class AuditLog : IAsyncDisposable
{
    /// <summary>Entries that may wait; more callers wait for room.</summary>
    public const int WaitingMax = 10_000;

    /// <summary>Entries that one unit of work writes at most.</summary>
    public const int BatchMax = 256;

    private static readonly TimeSpan ToldEvery = TimeSpan.FromHours(1);

    private readonly RegisterCore _core;
    private readonly ILogger<AuditLog> _log;
    private readonly AuditAnchor _anchor;
    private readonly KeptRows _kept;
    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });
    private readonly Task _loop;
    private DateTimeOffset _told;

    /// <summary>Starts noting.</summary>
    public AuditLog(RegisterCore core, AuditAnchor anchor, ILogger<AuditLog> log)
    {
        (_core, _anchor, _log) = (core, anchor, log);
        _kept = new KeptRows(core.Time);
        _told = core.Time.GetUtcNow();
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Notes an entry; ends when its row is durable.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="change">What stands for the changes of the call until then, and goes with it; null where there is none.</param>
    /// <exception cref="StoreProblem">It could not be written.</exception>
    public async Task NoteAsync(AuditEntry entry, ChangeNote? change = null)
    {
        var waiting = new Waiting(entry, change, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await _queue.Writer.WriteAsync(waiting).ConfigureAwait(false);
        await waiting.Done!.Task.ConfigureAwait(false);
    }

    /// <summary>
    /// Notes an entry behind the answer, for calls that no patron may wait for; waits only where the queue is full. What cannot be
    /// written is kept and tried again.
    /// </summary>
    /// <exception cref="StoreProblem">So many rows are kept already that no more may be read or changed until they are written.</exception>
    public ValueTask NoteBehindAsync(AuditEntry entry, ChangeNote? change = null) => _kept.IsFull
        ? throw new StoreProblem($"The audit log cannot be written, and {KeptRows.Max} rows wait for it already.")
        : _queue.Writer.WriteAsync(new Waiting(entry, change, null));

    /// <summary>Notes what failed and is told to its caller anyway; ends when its row is durable, or kept to be tried again.</summary>
    public async Task NoteFailureAsync(AuditEntry entry, ChangeNote? change = null)
    {
        var waiting = new Waiting(entry, change, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)) { IsKept = true };
        await _queue.Writer.WriteAsync(waiting).ConfigureAwait(false);
        await waiting.Done!.Task.ConfigureAwait(false);
    }

    /// <summary>Counts a refusal for which there was no room; one row tells how many there were, once rows can be written.</summary>
    public void Lose(AuditEntry entry) => _kept.Lose(entry.Calls);

    /// <summary>Drops what stands for a call's changes: the call is counted with others in one row.</summary>
    public ValueTask ForgetAsync(ChangeNote change) => _queue.Writer.WriteAsync(new Waiting(null, change, null));

    /// <summary>Does work whose changes stand with a row of their own, and notes how it ended.</summary>
    /// <param name="entry">The entry, from the patrons whose data units of work have changed so far; null where there is nothing to note.</param>
    /// <param name="work">The work.</param>
    public async Task<T> NotedAsync<T>(Func<IReadOnlyCollection<long>, AuditEntry?> entry, Func<Task<T>> work)
    {
        var subjects = new SortedSet<long>();
        var change = new ChangeNote(() => entry(subjects), (patrons, _) => subjects.UnionWith(patrons));
        change.Begin();
        T result;
        try
        {
            result = await work().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            change.End();
            await NoteCutShortAsync(entry(subjects), change, failure).ConfigureAwait(false);
            throw;
        }

        change.End();
        if (entry(subjects) is { } known)
        {
            await NoteAsync(known, change).ConfigureAwait(false);
        }

        return result;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        if (_kept.Count > 0)
        {
            _log.AuditLost(_kept.Count);
        }

        TellHead();
    }

    private async Task NoteCutShortAsync(AuditEntry? entry, ChangeNote change, Exception failure)
    {
        if (!change.HasRow || entry is null)
        {
            return;
        }

        try
        {
            await NoteFailureAsync(entry with { Result = CallEntry.ResultOf(failure) }, change).ConfigureAwait(false);
        }
        catch (StoreProblem)
        {
            // Kept and tried again, and the log has its line.
        }
    }

    private async Task RunAsync()
    {
        var batch = new List<Waiting>(BatchMax);
        while (await _kept.WaitAsync(() => _queue.Reader.WaitToReadAsync()).ConfigureAwait(false))
        {
            _kept.TakeInto(batch, BatchMax);
            while (batch.Count < BatchMax && _queue.Reader.TryRead(out var waiting))
            {
                batch.Add(waiting);
            }

            await WriteAsync(batch).ConfigureAwait(false);
            batch.Clear();
        }

        // One last try for what is kept.
        for (_kept.TakeInto(batch, BatchMax); batch.Count > 0; _kept.TakeInto(batch, BatchMax))
        {
            if (!await WriteAsync(batch).ConfigureAwait(false))
            {
                break;
            }

            batch.Clear();
        }
    }

    private async Task<bool> WriteAsync(List<Waiting> batch)
    {
        try
        {
            var lost = _kept.Lost;
            var written = await _core.Lane.WriteAsync(scope => Append(scope, batch, lost)).ConfigureAwait(false);
            _kept.Told(lost);
            _anchor.Moved(written.Value);
            TellHeadWhenDue();
            batch.ForEach(waiting => waiting.Done?.TrySetResult());
            return true;
        }
        catch (Exception problem)
        {
            var kept = batch.Count(waiting => _kept.Keep(waiting));
            _log.AuditNotWritten(batch.Count, kept, problem);
            batch.ForEach(waiting => waiting.Done?.TrySetException(new StoreProblem("The audit log could not be written.", problem)));
            return false;
        }
    }

    private AuditHead Append(WriteScope scope, List<Waiting> batch, long lost)
    {
        using var chain = AuditChain.Open(scope, _core.Store.Vault, _anchor.Known);
        if (lost > 0)
        {
            chain.Append(KeptRows.LostEntry(lost));
        }

        foreach (var (entry, change, _) in batch)
        {
            if (entry is not null)
            {
                chain.Append(entry);
            }

            if (change is { HasRow: true })
            {
                change.Settle(scope);
            }
        }

        return chain.Close();
    }

    private void TellHeadWhenDue()
    {
        var now = _core.Time.GetUtcNow();
        if (now - _told >= ToldEvery)
        {
            _told = now;
            TellHead();
        }
    }

    // In the log too: its files are copied elsewhere more often than the data folder.
    private void TellHead()
    {
        if (_anchor.Head is { } head)
        {
            _log.AuditHead(head.Sequence, Convert.ToHexStringLower(head.Hash));
        }
    }
}

/// <summary>An entry on its way to the chain.</summary>
/// <param name="Entry">The entry; null where only the change's row goes.</param>
/// <param name="Change">What stands for the call's changes until then.</param>
/// <param name="Done">Ends when it is durable, or fails; null where nobody waits.</param>
internal sealed record Waiting(AuditEntry? Entry, ChangeNote? Change, TaskCompletionSource? Done)
{
    /// <summary>Whether the entry is kept although somebody learns that it was not written.</summary>
    public bool IsKept { get; init; }
}
