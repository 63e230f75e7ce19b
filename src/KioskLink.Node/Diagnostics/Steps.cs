using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using KioskLink.Node.Deciding;
using KioskLink.Protos.Node.V1;
using KioskLink.Rules.Access;

namespace KioskLink.Node.Diagnostics;

/// <summary>Broadcasts the steps of presentations to whoever watches; nothing is kept for later, and a slow watcher loses the oldest. Thread-safe.</summary>
internal sealed class Steps(TimeProvider time)
{
    /// <summary>How many steps wait for a watcher.</summary>
    public const int QueueLimit = 256;

    private readonly Lock _gate = new();
    private readonly RecentReads _reads = new();
    private volatile Channel<WatchStepsResponse>[] _watchers = [];

    /// <summary>Whether anybody watches.</summary>
    public bool IsWatched => _watchers.Length > 0;

    /// <summary>Tells that a presentation reached a step.</summary>
    /// <param name="attemptId">The attempt.</param>
    /// <param name="doorId">The door.</param>
    /// <param name="step">The step, 1 to 8.</param>
    /// <param name="readAt">The timestamp at which the card was read.</param>
    /// <param name="record">The decision, from step 5 on.</param>
    /// <param name="rules">The rule ladder, at step 5.</param>
    public void Reached(string attemptId, string doorId, int step, long readAt, DecisionRecord? record = null, IReadOnlyList<RuleOutcome>? rules = null)
    {
        if (!IsWatched)
            return;
        _reads.Note(attemptId, readAt);
        var reached = new WatchStepsResponse
        {
            AttemptId = attemptId,
            DoorId = doorId,
            Step = step,
            SinceRead = Duration.FromTimeSpan(time.GetElapsedTime(readAt)),
            Decision = record?.ToProto(),
        };
        reached.Rules.AddRange((rules ?? []).Select(DecisionWire.ToProto));
        foreach (var watcher in _watchers)
            watcher.Writer.TryWrite(reached);
    }

    /// <summary>Tells of a step of a presentation whose earlier steps were told; of others nothing is known.</summary>
    public void ReachedAfter(string attemptId, string doorId, int step)
    {
        if (_reads.Find(attemptId) is { } readAt)
            Reached(attemptId, doorId, step, readAt);
    }

    /// <summary>Watches until cancelled.</summary>
    public async IAsyncEnumerable<WatchStepsResponse> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
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
}
