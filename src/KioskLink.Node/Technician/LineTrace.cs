using KioskLink.Devices.Osdp;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Node.Technician;

/// <summary>The frames of a line that somebody watches on the page, masked as they came; ends by itself when it is full. Thread-safe.</summary>
/// <param name="busId">The line.</param>
internal sealed class LineTrace(string busId) : IDisposable
{
    /// <summary>Frames that one trace keeps: some minutes of a busy line, about a megabyte.</summary>
    public const int FramesMax = 10_000;

    /// <summary>Frames that the page shows.</summary>
    public const int ShownMax = 30;

    private readonly Lock _gate = new();
    private readonly List<WatchTraceResponse> _frames = [];
    private readonly Queue<FrameView> _told = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>The line.</summary>
    public string BusId { get; } = busId;

    /// <summary>Is cancelled when the trace is stopped or full.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Frames that are kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _frames.Count;
        }
    }

    /// <summary>Adds a frame.</summary>
    public void Add(WatchTraceResponse frame)
    {
        lock (_gate)
        {
            if (_frames.Count < FramesMax)
                Keep(frame);
            if (_frames.Count == FramesMax)
                _stopping.Cancel();
        }
    }

    /// <summary>Stops watching; what was seen stays.</summary>
    public void Stop() => _stopping.Cancel();

    /// <summary>The newest frames in which something is said, newest first.</summary>
    public IReadOnlyList<FrameView> Newest()
    {
        lock (_gate)
            return [.. _told.Reverse()];
    }

    /// <summary>Writes everything as `.osdpcap`.</summary>
    public byte[] Capture(TimeProvider clock)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var capture = new OsdpCapture(text, clock, BusId);
        lock (_gate)
            foreach (var frame in _frames)
                capture.Write(frame.Time.ToDateTimeOffset(), frame.Sent ? FrameDirection.Sent : FrameDirection.Received, frame.Frame.Span, frame.Masked);
        return System.Text.Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private void Keep(WatchTraceResponse frame)
    {
        _frames.Add(frame);
        if (FrameView.IsQuiet(frame))
            return;
        _told.Enqueue(FrameView.Of(_frames.Count, frame));
        if (_told.Count > ShownMax)
            _told.Dequeue();
    }
}
