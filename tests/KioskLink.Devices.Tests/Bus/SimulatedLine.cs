using System.Threading.Channels;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Serial;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>
/// The real bus on a line in virtual time: its waits move the clock, so that minutes of line pass in a moment and to the microsecond the same each time.
/// Devices think for 3 ms, bytes take their time in both directions.
/// </summary>
internal sealed class SimulatedLine : ISerialLink
{
    private const int BitsPerByte = 10;
    private readonly SimulatedDevice[] _devices;
    private readonly PriorityQueue<byte[], TimeSpan> _arriving = new();
    private readonly Channel<DeviceEvent> _events = DeviceEvent.CreateQueue();
    private readonly ManualResetEventSlim _woken = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<byte> _heard = [];
    private TimeSpan _until;
    private TimeSpan _babblesUntil;
    private bool _open;

    public SimulatedLine(int baud, params SimulatedDevice[] devices) => (Baud, _devices) = (baud, devices);

    public VirtualTime Time { get; } = new();

    public int Baud { get; private set; }

    public string Path => "simulated";

    public OsdpLimits Limits { get; init; } = new();

    /// <summary>The adapter is gone.</summary>
    public bool Gone { get; set; }

    /// <summary>What hinders the opening.</summary>
    public PortProblem? Hindrance { get; set; }

    public TimeSpan Now => Time.GetElapsedTime(0);

    /// <summary>Does something at a moment of the line's time.</summary>
    public void At(TimeSpan at, Action action) => Time.CreateTimer(_ => action(), null, at - Now, Timeout.InfiniteTimeSpan);

    /// <summary>A byte each millisecond from nowhere, as a transmitter that is stuck sends. No device hears anything else meanwhile.</summary>
    public void Babble(TimeSpan from, TimeSpan to, byte what)
    {
        if (from < to)
            At(from, () =>
            {
                _arriving.Enqueue([what], from);
                _babblesUntil = from + TimeSpan.FromMilliseconds(1);
                Babble(_babblesUntil, to, what);
            });
    }

    /// <summary>Runs the bus for a time, stops it, and returns what it told before.</summary>
    public async Task<IReadOnlyList<DeviceEvent>> RunAsync(TimeSpan duration, Action<OsdpBus>? meanwhile = null)
    {
        _until = duration;
        var options = new OsdpBusOptions { Id = "bus", Path = Path, Baud = Baud, Devices = [.. _devices.Select(Options)], Limits = Limits };
        await using (var bus = new OsdpBus(options, _events.Writer, Time, link: this))
        {
            meanwhile?.Invoke(bus);
            Assert.Null(bus.Start());
            await Patience.For(_over.Task, "the end of the line's time");
        }
        _events.Writer.Complete();
        return [.. _events.Reader.ReadAllAsync().ToBlockingEnumerable().Where(happened => happened.At < VirtualTime.Noon + duration)];
    }

    public TimeSpan WireTime(int bytes) => TimeSpan.FromTicks(bytes * BitsPerByte * TimeSpan.TicksPerSecond / Baud);

    public PortProblem? Open()
    {
        _arriving.Clear();
        _open = Hindrance is null;
        Gone &= !_open;
        return Hindrance;
    }

    public LinkSignal Wait(TimeSpan limit)
    {
        if (Now >= _until)
            StandStill();
        for (var end = limit < _until - Now ? Now + limit : _until; ;)
        {
            if (Gone && _open)
                return LinkSignal.Gone;
            if (_woken.IsSet)
                return TakeWake();
            var next = _open && _arriving.TryPeek(out _, out var at) ? at : TimeSpan.MaxValue;
            if (next <= Now)
                return LinkSignal.Readable;
            if (end <= Now)
                return LinkSignal.TimedOut;
            // Not past the next thing that happens: it may be a device that hears, and answers before the wait is over.
            Time.Advance(new[] { end, next, Time.UntilNextTimer is { } timer ? Now + timer : end }.Min() - Now);
        }
    }

    // The test has seen enough; what the bus does at its stop takes its time again.
    private void StandStill()
    {
        _until = TimeSpan.MaxValue;
        _over.TrySetResult();
        _woken.Wait();
    }

    private LinkSignal TakeWake()
    {
        _woken.Reset();
        return LinkSignal.Woken;
    }

    public int Read(Span<byte> buffer)
    {
        if (Gone)
            return -1;
        if (!_arriving.TryPeek(out var bytes, out var at) || at > Now)
            return 0;
        _arriving.Dequeue();
        var count = Math.Min(bytes.Length, buffer.Length);
        bytes.AsSpan(0, count).CopyTo(buffer);
        if (count < bytes.Length)
            _arriving.Enqueue(bytes[count..], at);
        return count;
    }

    public bool Write(ReadOnlySpan<byte> bytes)
    {
        if (Gone)
            return false;
        var arrived = Now + WireTime(bytes.Length);
        _heard.AddRange(bytes);
        At(arrived, () => Hear(arrived));
        return true;
    }

    public bool SetBaud(int baud)
    {
        Baud = baud;
        return true;
    }

    public void Wake() => _woken.Set();

    public void Close() => _open = false;

    public void Dispose() => _woken.Dispose();

    private void Hear(TimeSpan at)
    {
        if (at < _babblesUntil)
            _heard.Clear();
        while (VirtualFrame.TakeFrom(_heard) is { } command)
            foreach (var device in _devices.Where(device => device.Address == command.Address))
                if (device.Answer(command, at) is { } reply)
                    _arriving.Enqueue(reply, at + device.ReplyDelay + WireTime(reply.Length));
    }

    private static OsdpDeviceOptions Options(SimulatedDevice device) => new() { Id = $"device-{device.Address}", Address = device.Address, Secure = SecureMode.Clear, Locks = device.Locks };
}
