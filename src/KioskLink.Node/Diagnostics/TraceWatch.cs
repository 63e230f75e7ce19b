using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KioskLink.Devices.Osdp;
using KioskLink.Node.Buses;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Node.Diagnostics;

/// <summary>Hands the frames of a line to those who watch; a slow watcher loses the oldest and is told how many. Costs nothing unwatched. Thread-safe.</summary>
internal sealed class TraceWatch(DeviceLines lines, TimeProvider time)
{
    /// <summary>How many frames wait for a watcher.</summary>
    public const int QueueLimit = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Watcher[]> _watchers = [];

    /// <summary>Watches a line of this node until cancelled.</summary>
    /// <param name="busId">The line.</param>
    /// <param name="unmasked">Whether it is seen as it is, which a second person must have approved; nobody's card and key are in what is seen otherwise.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<WatchTraceResponse> WatchAsync(string busId, bool unmasked, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var watcher = new Watcher(unmasked);
        Change(busId, watchers => [.. watchers, watcher]);
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
            Change(busId, watchers => [.. watchers.Where(other => other != watcher)]);
        }
    }

    private void Change(string busId, Func<Watcher[], Watcher[]> change)
    {
        lock (_gate)
        {
            var watchers = change(_watchers.GetValueOrDefault(busId, []));
            _watchers[busId] = watchers;
            lines.Trace(busId, For(busId, [.. watchers.Where(watcher => !watcher.Unmasked)]), For(busId, [.. watchers.Where(watcher => watcher.Unmasked)]));
        }
    }

    private FrameTrace? For(string busId, Watcher[] watchers)
    {
        var protocol = lines.ProtocolOf(busId);
        return watchers.Length == 0 ? null : (direction, frame, masked) => Show(watchers, protocol, direction, frame, masked);
    }

    private void Show(Watcher[] watchers, string protocol, FrameDirection direction, ReadOnlySpan<byte> frame, bool masked)
    {
        var seen = new WatchTraceResponse
        {
            Time = Timestamp.FromDateTimeOffset(time.GetUtcNow()),
            Sent = direction == FrameDirection.Sent,
            Frame = ByteString.CopyFrom(frame),
            Masked = masked,
            Protocol = protocol,
        };
        foreach (var watcher in watchers)
            watcher.Frames.Writer.TryWrite(seen.Clone());
    }

    private sealed class Watcher
    {
        public long Missed;

        public Watcher(bool unmasked)
        {
            Unmasked = unmasked;
            Frames = Channel.CreateBounded<WatchTraceResponse>(
                new BoundedChannelOptions(QueueLimit) { FullMode = BoundedChannelFullMode.DropOldest }, _ => Interlocked.Increment(ref Missed));
        }

        public bool Unmasked { get; }

        public Channel<WatchTraceResponse> Frames { get; }
    }
}
