using System.Data.Common;
using System.Threading.Channels;
using KioskLink.Register.Audit;
using KioskLink.Register.Hosting;
using KioskLink.Register.Store;

namespace KioskLink.Register.Access;

/// <summary>
/// Writes decisions behind the answers (DESIGN 10): attempts, last uses and visits, in batches at most <see cref="Patience"/>
/// late; a card that enters a branch's scope goes at once, so that its nodes hold it before the next outage. Thread-safe.
/// </summary>
internal sealed class DecisionLog : IAsyncDisposable
{
    /// <summary>How late a batch may be.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(80);

    /// <summary>How long it takes until what could not be written is tried again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Decisions that may wait, those that could not be written among them; the oldest are dropped beyond it, with a line in the log, and
    /// come back from the nodes' journals.
    /// </summary>
    public const int WaitingMax = 50_000;

    private const int BatchMax = 500;

    private readonly RegisterCore _core;
    private readonly AuditAnchor _anchor;
    private readonly ILogger<DecisionLog> _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _loop;
    private readonly Channel<NotedDecision> _queue;
    private int _dropped;

    /// <summary>Starts writing.</summary>
    public DecisionLog(RegisterCore core, AuditAnchor anchor, ILogger<DecisionLog> log)
    {
        (_core, _anchor, _log) = (core, anchor, log);
        _queue = Channel.CreateBounded<NotedDecision>(
            new BoundedChannelOptions(WaitingMax) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref _dropped));
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Takes a decision; never waits.</summary>
    public void Note(NotedDecision decision)
    {
        if (decision.ChangesScope)
        {
            _ = WriteAsync([decision]);
        }
        else
        {
            _queue.Writer.TryWrite(decision);
        }
    }

    /// <summary>Writes what waits and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            await PauseAsync(Patience).ConfigureAwait(false);
            while (NextBatch() is { Count: > 0 } batch)
            {
                if (!await WriteAsync(batch).ConfigureAwait(false))
                {
                    await PauseAsync(RetryAfter).ConfigureAwait(false);
                }
            }

            TellOfDropped();
        }
    }

    private Task PauseAsync(TimeSpan span) => Task.Delay(span, _core.Time, _stopping.Token).ContinueWith(
        static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private void TellOfDropped()
    {
        if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
        {
            _log.DecisionsDropped(dropped);
        }
    }

    private List<NotedDecision> NextBatch()
    {
        var batch = new List<NotedDecision>();
        while (batch.Count < BatchMax && _queue.Reader.TryRead(out var decision))
        {
            batch.Add(decision);
        }

        return batch;
    }

    private async Task<bool> WriteAsync(List<NotedDecision> batch)
    {
        WriteLane.GoAlone();
        try
        {
            var written = await _core.Lane.WriteAsync(scope => DecisionRows.Write(scope, _core.Store.Vault, _anchor.Known, batch)).ConfigureAwait(false);
            _anchor.Moved(written.Value);
            return true;
        }
        catch (Exception problem) when (problem is StoreProblem or DbException)
        {
            var kept = batch.Count(_queue.Writer.TryWrite);
            _log.DecisionsNotWritten(batch.Count, kept, problem);
            return false;
        }
    }
}
