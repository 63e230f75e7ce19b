using System.Threading.Channels;
using KioskLink.Register.Hosting;
using KioskLink.Register.Store;

namespace KioskLink.Register.Audit;

/// <summary>
/// Notes who read or wrote what (R42), in one chain (R45). What waits is written together, in one unit of work; whoever awaits
/// goes on when the row is durable. Thread-safe.
/// </summary>
internal sealed class AuditLog : IAsyncDisposable
{
    /// <summary>Entries that may wait; more callers wait for room.</summary>
    public const int WaitingMax = 10_000;

    /// <summary>Entries that one unit of work writes at most.</summary>
    public const int BatchMax = 256;

    /// <summary>How old the file with the chain's end may be.</summary>
    public static readonly TimeSpan HeadAge = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ToldEvery = TimeSpan.FromHours(1);

    private readonly RegisterCore _core;
    private readonly ILogger<AuditLog> _log;
    private readonly HeadFile _file;
    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });
    private readonly Task _loop;
    private AuditHead? _head;
    private long _known;
    private DateTimeOffset _kept;
    private DateTimeOffset _told;

    /// <summary>Starts noting.</summary>
    public AuditLog(RegisterCore core, ILogger<AuditLog> log)
    {
        (_core, _log, _file) = (core, log, new HeadFile(core.Store.Folder));
        _known = _file.Read()?.Sequence ?? 0;
        _kept = _told = core.Time.GetUtcNow();
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Notes an entry; ends when its row is durable.</summary>
    /// <exception cref="StoreProblem">It could not be written.</exception>
    public async Task NoteAsync(AuditEntry entry)
    {
        var waiting = new Waiting(entry, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await _queue.Writer.WriteAsync(waiting).ConfigureAwait(false);
        await waiting.Done!.Task.ConfigureAwait(false);
    }

    /// <summary>Notes an entry behind the answer, for calls that no patron may wait for; waits only where the queue is full.</summary>
    public ValueTask NoteBehindAsync(AuditEntry entry) => _queue.Writer.WriteAsync(new Waiting(entry, null));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        KeepHead();
        TellHead();
    }

    private async Task RunAsync()
    {
        var batch = new List<Waiting>(BatchMax);
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < BatchMax && _queue.Reader.TryRead(out var waiting))
            {
                batch.Add(waiting);
            }

            await WriteAsync(batch).ConfigureAwait(false);
            batch.Clear();
        }
    }

    private async Task WriteAsync(List<Waiting> batch)
    {
        try
        {
            var written = await _core.Lane.WriteAsync(scope => Append(scope, batch)).ConfigureAwait(false);
            Volatile.Write(ref _head, written.Value);
            _known = 0;
            KeepHeadWhenDue();
            batch.ForEach(waiting => waiting.Done?.TrySetResult());
        }
        catch (Exception problem)
        {
            _log.AuditNotWritten(batch.Count, problem);
            batch.ForEach(waiting => waiting.Done?.TrySetException(new StoreProblem("The audit log could not be written.", problem)));
        }
    }

    private AuditHead Append(WriteScope scope, List<Waiting> batch)
    {
        using var chain = AuditChain.Open(scope, _core.Store.Vault, Math.Max(_known, Volatile.Read(ref _head)?.Sequence ?? 0));
        batch.ForEach(waiting => chain.Append(waiting.Entry));
        return chain.Close();
    }

    private void KeepHeadWhenDue()
    {
        var now = _core.Time.GetUtcNow();
        if (now - _kept >= HeadAge)
        {
            _kept = now;
            KeepHead();
        }

        if (now - _told >= ToldEvery)
        {
            _told = now;
            TellHead();
        }
    }

    private void KeepHead()
    {
        try
        {
            if (Volatile.Read(ref _head) is { } head)
            {
                _file.Write(head);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _log.AuditHeadNotKept(HeadFile.Name, problem);
        }
    }

    // In the log too: its files are copied elsewhere more often than the data folder.
    private void TellHead()
    {
        if (Volatile.Read(ref _head) is { } head)
        {
            _log.AuditHead(head.Sequence, Convert.ToHexStringLower(head.Hash));
        }
    }

    private sealed record Waiting(AuditEntry Entry, TaskCompletionSource? Done);
}
