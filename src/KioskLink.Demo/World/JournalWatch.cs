using Grpc.Core;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Demo.World;

/// <summary>
/// Follows the node's journal through its technician's socket, over kills and restarts of the node. Thread-safe.
/// </summary>
internal sealed class JournalWatch : IAsyncDisposable
{
    private const int MaxRecords = 100_000;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource _stopping = new();
    private readonly DiagnosticsService.DiagnosticsServiceClient _node;
    private readonly List<WatchJournalResponse> _records = [];
    private readonly Lock _lock = new();
    private readonly Task _following;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins to follow.</summary>
    public JournalWatch(DiagnosticsService.DiagnosticsServiceClient node)
    {
        _node = node;
        _following = FollowAsync();
    }

    /// <summary>Called with each record as it arrives.</summary>
    public event Action<WatchJournalResponse>? Arrived;

    /// <summary>The records so far, oldest first.</summary>
    public IReadOnlyList<WatchJournalResponse> Records
    {
        get
        {
            lock (_lock)
            {
                return [.. _records];
            }
        }
    }

    /// <summary>Waits for the first record after a sequence that satisfies a condition; null when the time is over.</summary>
    public async Task<WatchJournalResponse?> FindAsync(long afterSequence, Func<RecordOpen, bool> wanted, TimeSpan timeout)
    {
        using var timer = new CancellationTokenSource(timeout);
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_records.FirstOrDefault(record => record.Sequence > afterSequence && wanted(record.Open)) is { } found)
                {
                    return found;
                }
                changed = _changed.Task;
            }
            try
            {
                await changed.WaitAsync(timer.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _following;
        _stopping.Dispose();
    }

    private async Task FollowAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await ReadAsync();
            }
            catch (RpcException)
            {
                // The node is not running: it is asked again until it is.
            }
            await Task.Delay(RetryAfter, _stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task ReadAsync()
    {
        var request = new WatchJournalRequest { FromSequence = LastSequence() + 1 };
        using var call = _node.WatchJournal(request, cancellationToken: _stopping.Token);
        while (await call.ResponseStream.MoveNext(_stopping.Token))
        {
            Add(call.ResponseStream.Current);
        }
    }

    private long LastSequence()
    {
        lock (_lock)
        {
            return _records.Count == 0 ? 0 : _records[^1].Sequence;
        }
    }

    private void Add(WatchJournalResponse record)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            if (_records.Count >= MaxRecords)
            {
                _records.RemoveAt(0);
            }
            _records.Add(record);
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        changed.SetResult();
        Arrived?.Invoke(record);
    }
}
