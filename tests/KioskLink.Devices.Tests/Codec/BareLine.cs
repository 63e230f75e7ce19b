using KioskLink.Devices.Virtual;

namespace KioskLink.Devices.Tests.Codec;

/// <summary>A line without a wire, in the time of whoever asks: one device hears, thinks and answers within the call.</summary>
internal sealed class BareLine : IDeviceLine
{
    private readonly PriorityQueue<Action, TimeSpan> _due = new();
    private readonly VirtualDevice _device;
    private byte[]? _answer;

    public BareLine(VirtualDevice device) => (_device = device).AttachTo(this);

    public TimeSpan Now { get; private set; }

    /// <summary>What the device says to bytes within a time; null for nothing.</summary>
    public byte[]? Ask(byte[] bytes, TimeSpan within)
    {
        _answer = null;
        _device.Hear(bytes, Now);
        var end = Now + within;
        while (_due.TryPeek(out var action, out var at) && at <= end)
        {
            _due.Dequeue();
            Now = at > Now ? at : Now;
            action();
        }
        Now = end;
        return _answer;
    }

    public void Send(VirtualDevice sender, byte[] bytes, TimeSpan from) => _answer = bytes;

    public void Schedule(TimeSpan at, Action action) => _due.Enqueue(action, at);

    public void ChangeBaudAfterReply(int baud)
    {
    }
}
