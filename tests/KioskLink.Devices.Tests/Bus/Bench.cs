using System.Collections.Concurrent;
using System.Threading.Channels;
using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>A line with a virtual reader (address 1) and a virtual module (address 2), and the bus under test at its other end.</summary>
internal sealed class Bench : IAsyncDisposable
{
    public static readonly byte[] ReaderKey = Convert.FromHexString("000102030405060708090A0B0C0D0E0F");
    public static readonly byte[] ModuleKey = Convert.FromHexString("F0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Channel<DeviceEvent> _events = DeviceEvent.CreateQueue();
    private readonly List<DeviceEvent> _passed = [];
    private readonly TempFolder _folder = new();

    public Bench(bool secure = true, int baud = 115200, bool timed = true, Func<OsdpBusOptions, OsdpBusOptions>? change = null, FrameTrace? trace = null)
    {
        Reader = new VirtualReader(1, secure ? ReaderKey : null);
        Module = new VirtualIoModule(2, secure ? ModuleKey : null) { Timed = timed };
        Module.OutputSwitched += (output, on) => Switched.Enqueue((output, on));
        Line = new VirtualLine(_folder["line"], baud, [Reader, Module], TimeProvider.System);
        var options = new OsdpBusOptions
        {
            Id = "bus",
            Path = Line.Path,
            Baud = baud,
            Devices =
            [
                new() { Id = "reader", Address = 1, Secure = secure ? SecureMode.Scbk : SecureMode.Clear, Keys = secure ? [ReaderKey] : [] },
                new() { Id = "io", Address = 2, Secure = secure ? SecureMode.Scbk : SecureMode.Clear, Keys = secure ? [ModuleKey] : [], Locks = [new LockOutput(0)] },
            ],
        };
        Options = change is null ? options : change(options);
        Bus = new OsdpBus(Options, _events.Writer, TimeProvider.System, trace);
    }

    public OsdpBusOptions Options { get; }

    public VirtualReader Reader { get; }

    public VirtualIoModule Module { get; }

    /// <summary>Every switching of an output, in order.</summary>
    public ConcurrentQueue<(int Output, bool On)> Switched { get; } = new();

    public VirtualLine Line { get; }

    public OsdpBus Bus { get; private set; }

    /// <summary>Every event taken so far.</summary>
    public IReadOnlyList<DeviceEvent> Passed => _passed;

    public async Task<Bench> StartAsync(params string[] online)
    {
        Assert.Null(Bus.Start());
        var missing = online.ToHashSet();
        while (missing.Count > 0)
            missing.Remove((await Until<DeviceOnline>()).SourceId);
        return this;
    }

    public async Task RestartBusAsync()
    {
        await Bus.DisposeAsync();
        Bus = new OsdpBus(Options, _events.Writer, TimeProvider.System);
    }

    /// <summary>Takes events until one fits.</summary>
    public async Task<T> Until<T>(Func<T, bool>? fits = null)
        where T : DeviceEvent
    {
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var next in _events.Reader.ReadAllAsync(patience.Token))
        {
            _passed.Add(next);
            if (next is T wanted && fits?.Invoke(wanted) != false)
                return wanted;
        }
        throw new InvalidOperationException("the events have ended");
    }

    /// <summary>Waits until a virtual device's state fits.</summary>
    public static async Task Until(VirtualDevice device, Func<bool> fits)
    {
        var changed = new SemaphoreSlim(0);
        void Notice() => changed.Release();
        device.Changed += Notice;
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            while (!fits())
                await changed.WaitAsync(patience.Token);
        }
        finally
        {
            device.Changed -= Notice;
        }
    }

    /// <summary>Waits until what a reader says now is fresh to the bus.</summary>
    public Task UntilFresh() => Until(Reader, () => Reader.SessionPolls >= 3);

    public async ValueTask DisposeAsync()
    {
        await Bus.DisposeAsync();
        Line.Dispose();
        _folder.Dispose();
    }
}
