using System.Diagnostics;
using System.Threading.Channels;
using KioskLink.Devices;
using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Benchmarks.Wire;

/// <summary>Readers and an I/O module on one virtual line, the real bus at its other end, and a decision that always says yes.</summary>
internal sealed class WireBench : IAsyncDisposable
{
    private const string Module = "io";
    private const string Card = "24400000000012";
    private const byte Output = 0x68, Poll = 0x60;

    /// <summary>Polls of a session after which a card is no old one.</summary>
    private const int PollsUntilFresh = 2;

    /// <summary>How the threads of buses are named.</summary>
    public const string ThreadName = "osdp bus";

    private static readonly TimeSpan UnlockFor = TimeSpan.FromMilliseconds(100);
    private readonly Channel<DeviceEvent> _events = DeviceEvent.CreateQueue();
    private readonly TempFolder _folder = new();
    private readonly VirtualReader[] _readers;
    private readonly VirtualLine _line;
    private readonly OsdpBus _bus;
    private readonly HashSet<string> _offline;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _deciding;
    private volatile TaskCompletionSource<long> _unlocked = NewEvent<long>();
    private long _allocated;
    private volatile TaskCompletionSource<long> _heard = NewEvent<long>();
    private volatile TaskCompletionSource<long> _fresh = NewEvent<long>();

    /// <summary>Wires readers at the addresses from 1 on and the module behind them, all with secure channels.</summary>
    /// <param name="baud">Speed.</param>
    /// <param name="readers">How many readers.</param>
    /// <param name="absent">How many more the bus looks for in vain.</param>
    public WireBench(int baud, int readers, int absent = 0)
    {
        var key = new byte[16];
        _readers = [.. Enumerable.Range(1, readers).Select(address => new VirtualReader((byte)address, key) { Thinking = WireFloor.Turnaround })];
        var module = new VirtualIoModule((byte)(readers + 1), key) { Thinking = WireFloor.Turnaround };
        module.CommandHeard += NoteUnlock;
        _readers[0].CommandHeard += NoteReader;
        _line = new VirtualLine(_folder["line"], baud, [.. _readers, module], TimeProvider.System);
        var devices = _readers.Select(reader => new OsdpDeviceOptions { Id = $"reader-{reader.Address}", Address = reader.Address, Keys = [key] })
            .Append(new OsdpDeviceOptions { Id = Module, Address = module.Address, Keys = [key], Locks = [new LockOutput(0)] }).ToList();
        _offline = [.. devices.Select(device => device.Id)];
        devices.AddRange(Enumerable.Range(readers + 2, absent).Select(address => new OsdpDeviceOptions { Id = $"absent-{address}", Address = (byte)address, Keys = [key] }));
        _bus = new OsdpBus(new OsdpBusOptions { Id = "bus", Path = _line.Path, Baud = baud, Devices = devices }, _events.Writer, TimeProvider.System, NoteFrame);
        _deciding = Task.Run(DecideAsync);
    }

    /// <summary>Opens the port and returns when every device is online and what its reader says now is fresh.</summary>
    public async Task<WireBench> StartAsync()
    {
        if (_bus.Start() is { } problem)
            throw new InvalidOperationException(problem.Sentence);
        await Patience.For(_ready.Task, "every device's session");
        await Patience.Until(() => _readers.All(reader => reader.SessionPolls > 3), "three polls of every reader");
        return this;
    }

    /// <summary>Presents a card at a reader; the time until the module has heard the last byte of the unlock command.</summary>
    public async Task<TimeSpan> PresentAsync(int reader)
    {
        _unlocked = NewEvent<long>();
        var started = Stopwatch.GetTimestamp();
        _readers[reader].PresentCard(Card);
        var unlocked = await Patience.For(_unlocked.Task, "the unlock command");
        return Stopwatch.GetElapsedTime(started, unlocked);
    }

    /// <summary>Exchanges so far, of all devices.</summary>
    public long Exchanges => _bus.Status.Sum(device => device.Counters.Exchanges);

    /// <summary>What the bus's thread has allocated since it began, bytes, as of its last command.</summary>
    public long Allocated => Interlocked.Read(ref _allocated);

    /// <summary>Pulls the adapter for a time; from plugging it in again until the first reader is usable.</summary>
    public async Task<TimeSpan> ReplugAsync(TimeSpan away)
    {
        _line.Unplug();
        await Task.Delay(away);
        _fresh = NewEvent<long>();
        var back = Stopwatch.GetTimestamp();
        _line.Replug();
        return Stopwatch.GetElapsedTime(back, await Patience.For(_fresh.Task, "a reader that can be used"));
    }

    /// <summary>Takes the first reader's power for a time; from its first answer until it is usable.</summary>
    public async Task<TimeSpan> RepowerAsync(TimeSpan away)
    {
        _readers[0].PowerOff();
        await Task.Delay(away);
        (_heard, _fresh) = (NewEvent<long>(), NewEvent<long>());
        _readers[0].PowerOn();
        var answered = await Patience.For(_heard.Task, "a command to the reader");
        var fresh = await Patience.For(_fresh.Task, "a reader that can be used");
        return Stopwatch.GetElapsedTime(answered, fresh) - WireFloor.Turnaround;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _bus.DisposeAsync();
        _events.Writer.Complete();
        await _deciding;
        _line.Dispose();
        _folder.Dispose();
    }

    private async Task DecideAsync()
    {
        await foreach (var told in _events.Reader.ReadAllAsync())
        {
            if (told is CardScanned { Stale: false })
                _ = _bus.UnlockAsync(Module, 0, UnlockFor);
            if (told is DeviceOnline && _offline.Remove(told.SourceId) && _offline.Count == 0)
                _ready.SetResult();
        }
    }

    private void NoteUnlock(byte command)
    {
        if (command == Output)
            _unlocked.TrySetResult(Stopwatch.GetTimestamp());
    }

    // The trace runs on the bus's own thread, so this counts that thread alone.
    private void NoteFrame(FrameDirection direction, ReadOnlySpan<byte> frame, bool masked)
    {
        if (direction == FrameDirection.Sent)
            Interlocked.Exchange(ref _allocated, GC.GetAllocatedBytesForCurrentThread());
    }

    private void NoteReader(byte command)
    {
        var now = Stopwatch.GetTimestamp();
        _heard.TrySetResult(now);
        if (command == Poll && _readers[0].SessionPolls >= PollsUntilFresh)
            _fresh.TrySetResult(now);
    }

    private static TaskCompletionSource<T> NewEvent<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
