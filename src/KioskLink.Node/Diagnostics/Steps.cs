using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using KioskLink.Node.Deciding;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Node.Diagnostics;

/// <summary>Broadcasts the steps of presentations to whoever watches; nothing is kept, and a slow watcher loses the oldest. Thread-safe.</summary>
internal sealed class Steps(TimeProvider time)
{
    /// <summary>How many steps wait for a watcher.</summary>
    public const int QueueLimit = 256;

    private readonly Lock _gate = new();
    private Channel<WatchStepsResponse>[] _watchers = [];

    /// <summary>Tells that a presentation reached a step.</summary>
    /// <param name="attemptId">The attempt.</param>
    /// <param name="doorId">The door.</param>
    /// <param name="step">The step, 1 to 8.</param>
    /// <param name="readAt">The timestamp at which the card was read.</param>
    /// <param name="record">The decision, from step 5 on.</param>
    public void Reached(string attemptId, string doorId, int step, long readAt, DecisionRecord? record = null)
    {
        if (_watchers.Length == 0)
            return;
        var reached = new WatchStepsResponse
        {
            AttemptId = attemptId,
            DoorId = doorId,
            Step = step,
            SinceRead = Duration.FromTimeSpan(time.GetElapsedTime(readAt)),
        };
        if (record is not null)
            reached.Decision = record.ToProto();
        Publish(reached);
    }

    /// <summary>Watches until cancelled.</summary>
    public async IAsyncEnumerable<WatchStepsResponse> WatchAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var watcher = Channel.CreateBounded<WatchStepsResponse>(new BoundedChannelOptions(QueueLimit) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
            _watchers = [.. _watchers, watcher];
        try
        {
            await foreach (var step in watcher.Reader.ReadAllAsync(cancellation))
                yield return step;
        }
        finally
        {
            lock (_gate)
                _watchers = [.. _watchers.Where(other => other != watcher)];
        }
    }

    /// <summary>Sends a step to every watcher.</summary>
    internal void Publish(WatchStepsResponse step)
    {
        foreach (var watcher in _watchers)
            watcher.Writer.TryWrite(step);
    }
}
