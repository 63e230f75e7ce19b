using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Google.Protobuf;
using KioskLink.Devices.Osdp;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Node.Diagnostics;

/// <summary>Hands the frames of a line to those who watch; a slow watcher loses the oldest and is told how many. Costs nothing unwatched. Thread-safe.</summary>
internal sealed class TraceWatch(TimeProvider time)
{
    /// <summary>How many frames wait for a watcher.</summary>
    public const int QueueLimit = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<OsdpBus, Watcher[]> _watchers = [];

    /// <summary>Watches an OSDP line until cancelled; nobody's card and key are in what is seen.</summary>
    public async IAsyncEnumerable<WatchTraceResponse> WatchAsync(OsdpBus bus, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var watcher = new Watcher();
        Change(bus, watchers => [.. watchers, watcher]);
        try
        {
            await foreach (var frame in watcher.Frames.Reader.ReadAllAsync(cancellation))
            {
                frame.Missed = Interlocked.Exchange(ref watcher.Missed, 0);
                yield return frame;
            }
        }
        finally
        {
            Change(bus, watchers => [.. watchers.Where(other => other != watcher)]);
        }
    }

    private void Change(OsdpBus bus, Func<Watcher[], Watcher[]> change)
    {
        lock (_gate)
        {
            var watchers = change(_watchers.GetValueOrDefault(bus, []));
            _watchers[bus] = watchers;
            bus.Trace(watchers.Length == 0 ? null : (direction, frame, masked) => Show(watchers, direction, frame, masked), asWritten: null);
        }
    }

    private void Show(Watcher[] watchers, FrameDirection direction, ReadOnlySpan<byte> frame, bool masked)
    {
        var seen = new WatchTraceResponse
        {
            Time = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(time.GetUtcNow()),
            Sent = direction == FrameDirection.Sent,
            Frame = ByteString.CopyFrom(frame),
            Masked = masked,
        };
        foreach (var watcher in watchers)
            watcher.Frames.Writer.TryWrite(seen.Clone());
    }

    private sealed class Watcher
    {
        public long Missed;

        public Watcher() => Frames = Channel.CreateBounded<WatchTraceResponse>(
            new BoundedChannelOptions(QueueLimit) { FullMode = BoundedChannelFullMode.DropOldest }, _ => Interlocked.Increment(ref Missed));

        public Channel<WatchTraceResponse> Frames { get; }
    }
}
