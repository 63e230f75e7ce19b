using System.Data.Common;
using System.Threading.Channels;
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

    /// <summary>Decisions that may wait; the oldest are dropped beyond it, and come back from the nodes' journals.</summary>
    public const int WaitingMax = 50_000;

    private const int BatchMax = 500;

    private readonly RegisterCore _core;
    private readonly ILogger<DecisionLog> _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _loop;
    private readonly Channel<NotedDecision> _queue;
    private int _dropped;

    /// <summary>Starts writing.</summary>
    public DecisionLog(RegisterCore core, ILogger<DecisionLog> log)
    {
        (_core, _log) = (core, log);
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
            await Task.Delay(Patience, _core.Time, _stopping.Token).ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
            while (NextBatch() is { Count: > 0 } batch)
            {
                await WriteAsync(batch).ConfigureAwait(false);
            }

            TellOfDropped();
        }
    }

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

    private async Task WriteAsync(List<NotedDecision> batch)
    {
        try
        {
            await _core.Lane.WriteAsync(scope => DecisionRows.Write(scope, _core.Store.Vault, batch)).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is StoreProblem or DbException)
        {
            _log.DecisionsNotWritten(batch.Count, problem);
        }
    }
}
