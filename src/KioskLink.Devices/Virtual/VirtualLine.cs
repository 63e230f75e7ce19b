using KioskLink.Devices.Serial;

namespace KioskLink.Devices.Virtual;

/// <summary>A serial line with virtual devices on it: a real pty for the panel, the time bytes take on a real wire in both directions, and faults.</summary>
/// <remarks>One thread owns it; every member may be called from any. Ten bits a byte; the devices hear a byte when its last bit has passed.</remarks>
public sealed class VirtualLine : IDeviceLine, IDisposable
{
    private const int BitsPerByte = 10;
    private const int LumpSize = 16;

    // What two senders begin with is the same, and stands.
    private const int CollisionStart = 5;
    private static readonly TimeSpan ExclusiveMarkCheck = TimeSpan.FromMilliseconds(200);
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly Lock _lock = new();
    private readonly PriorityQueue<Action, (TimeSpan At, long Order)> _due = new();
    private readonly int _wake = Libc.EventFd(0, Libc.NonBlocking | Libc.CloseOnExec);
    private readonly Thread _loop;
    private readonly byte[] _buffer = new byte[4096];
    private readonly List<VirtualDevice> _devices;
    private Pty? _pty;
    private int _epoch;
    private long _order;
    private TimeSpan _wireFreeAt;
    private TimeSpan _replyFreeAt;
    private volatile bool _stopping;
    private (VirtualDevice From, byte[] Bytes)? _onWire;

    /// <summary>Makes the line, plugged in.</summary>
    /// <param name="path">The name the panel opens: a symbolic link, made and deleted by this line.</param>
    /// <param name="baud">The speed the devices are set to. A panel at another speed is not understood.</param>
    /// <param name="devices">The devices on it.</param>
    /// <param name="clock">Measures wire and device times.</param>
    public VirtualLine(string path, int baud, IEnumerable<VirtualDevice> devices, TimeProvider clock)
    {
        (Path, Baud, _clock, _start) = (path, baud, clock, clock.GetTimestamp());
        _devices = [.. devices];
        _devices.ForEach(device => device.AttachTo(this));
        _pty = new Pty(path);
        _loop = new Thread(Run) { Name = $"virtual line {path}", IsBackground = true };
        _loop.Start();
    }

    /// <summary>The name the panel opens.</summary>
    public string Path { get; }

    /// <summary>The speed of the devices.</summary>
    public int Baud { get; private set; }

    /// <summary>What the line does wrong.</summary>
    public LineFaults Faults { get; } = new();

    /// <summary>The adapter is plugged in.</summary>
    public bool PluggedIn
    {
        get
        {
            lock (_lock)
                return _pty is not null;
        }
    }

    private TimeSpan Now => _clock.GetElapsedTime(_start);

    TimeSpan IDeviceLine.Now => Now;

    /// <summary>Pulls the adapter: the panel's port hangs up and its name is gone. Powered devices go on.</summary>
    public void Unplug() => Replace(null);

    /// <summary>Plugs the adapter in again.</summary>
    public void Replug() => Replace(() => new Pty(Path));

    /// <summary>Pulls the adapter for good and ends the thread.</summary>
    public void Dispose()
    {
        _stopping = true;
        WakeLoop();
        _loop.Join();
        Unplug();
        _ = Libc.Close(_wake);
    }

    void IDeviceLine.Send(VirtualDevice sender, byte[] bytes, TimeSpan from)
    {
        if (_stopping || Faults.TakeDrop() || Faults.Swapped)
            return;
        Faults.CorruptReply(bytes);
        lock (_lock)
        {
            var epoch = _epoch;
            from += Faults.TakeDelay();
            Collide(sender, bytes, from);
            var at = Max(from, _replyFreeAt);
            var lump = Faults.SplitInto > 0 ? Faults.SplitInto : LumpSize;
            for (var start = 0; start < bytes.Length; start += lump)
            {
                var piece = bytes.AsMemory(start, Math.Min(lump, bytes.Length - start));
                at += WireTime(piece.Length) + (start > 0 ? Faults.SplitPause : TimeSpan.Zero);
                _due.Enqueue(() => WriteToPanel(piece.Span, epoch), (at, _order++));
            }
            _replyFreeAt = at;
            LetGo(at);
        }
        WakeLoop();
    }

    // Whoever sends while another one does destroys both.
    private void Collide(VirtualDevice sender, byte[] bytes, TimeSpan from)
    {
        if (from < _replyFreeAt && _onWire is { } other && other.From != sender)
        {
            Scramble(bytes);
            Scramble(other.Bytes);
        }
        _onWire = (sender, bytes);
    }

    private static void Scramble(Span<byte> bytes)
    {
        for (var at = CollisionStart; at < bytes.Length; at++)
            bytes[at] ^= (byte)(0x5A + at);
    }

    // A pair that nothing holds drifts, one that is swapped rests at the level of a zero.
    private void LetGo(TimeSpan at)
    {
        byte[] drift = Faults.Swapped ? [0] : Faults.Floating ? [0xFE, 0xB7, 0x0D] : [];
        if (drift.Length == 0)
            return;
        var epoch = _epoch;
        _due.Enqueue(() => WriteToPanel(drift, epoch), (at + WireTime(drift.Length), _order++));
    }

    void IDeviceLine.Schedule(TimeSpan at, Action action)
    {
        if (_stopping)
            return;
        lock (_lock)
            _due.Enqueue(action, (at, _order++));
        WakeLoop();
    }

    void IDeviceLine.ChangeBaudAfterReply(int baud)
    {
        lock (_lock)
            _due.Enqueue(() => Baud = baud, (_replyFreeAt, _order++));
    }

    private void Replace(Func<Pty>? make)
    {
        lock (_lock)
        {
            _pty?.Dispose();
            _pty = make?.Invoke();
            _epoch++;
        }
        _devices.ForEach(device => device.LineChanged());
        WakeLoop();
    }

    private void Run()
    {
        Libc.WakeOnTime();
        while (!_stopping)
        {
            var master = -1;
            TimeSpan limit;
            lock (_lock)
            {
                _pty?.AllowOpening();
                master = _pty?.Master ?? -1;
                limit = _due.TryPeek(out _, out var next) ? next.At - Now : ExclusiveMarkCheck;
            }
            Span<Libc.PollFd> fds = [new() { Fd = master, Events = Libc.PollIn }, new() { Fd = _wake, Events = Libc.PollIn }];
            Libc.Poll(fds, limit < ExclusiveMarkCheck ? limit : ExclusiveMarkCheck);
            if (fds[1].Returned != 0)
                _ = Libc.Read(_wake, _buffer.AsSpan(0, 8));
            if ((fds[0].Returned & Libc.PollIn) != 0)
                ReadFromPanel();
            RunDue();
        }
    }

    private void RunDue()
    {
        while (TakeDue() is { } action)
            action();
    }

    private Action? TakeDue()
    {
        lock (_lock)
            return _due.TryPeek(out _, out var next) && next.At <= Now ? _due.Dequeue() : null;
    }

    private void ReadFromPanel()
    {
        lock (_lock)
        {
            var count = _pty is null ? 0 : Libc.Read(_pty.Master, _buffer);
            if (count <= 0)
                return;
            var bytes = _buffer.AsSpan(0, count).ToArray();
            _wireFreeAt = Max(Now, _wireFreeAt) + WireTime(count);
            if (Faults.Echo)
                EchoToPanel(bytes);
            LetGo(_wireFreeAt);
            if (_pty!.PanelBaud != Baud || Faults.Deaf || Faults.Swapped)
                return;
            Faults.CorruptCommand(bytes);
            var heardAt = _wireFreeAt;
            foreach (var device in _devices)
                _due.Enqueue(device.Hearing(bytes, heardAt), (heardAt, _order++));
        }
    }

    private void EchoToPanel(byte[] bytes)
    {
        var (echo, epoch) = (bytes.ToArray(), _epoch);
        _due.Enqueue(() => WriteToPanel(echo, epoch), (_wireFreeAt, _order++));
    }

    private void WriteToPanel(ReadOnlySpan<byte> bytes, int epoch)
    {
        lock (_lock)
            if (_pty is not null && epoch == _epoch && _pty.PanelBaud == Baud)
                _ = Libc.Write(_pty.Master, bytes);
    }

    private void WakeLoop() => _ = Libc.Write(_wake, [1, 0, 0, 0, 0, 0, 0, 0]);

    private TimeSpan WireTime(int bytes) => TimeSpan.FromTicks(bytes * BitsPerByte * TimeSpan.TicksPerSecond / Baud);

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
