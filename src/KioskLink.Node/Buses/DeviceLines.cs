using System.Threading.Channels;
using KioskLink.Devices;
using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Profiles;
using KioskLink.Devices.Readers;
using KioskLink.Devices.Readers.Twn4;
using KioskLink.Devices.Relays;
using KioskLink.Devices.Serial;
using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;

namespace KioskLink.Node.Buses;

/// <summary>The serial lines of a node: opens them, hands each device's events to whoever listens, and carries feedback and orders back. Thread-safe once started.</summary>
internal sealed class DeviceLines : IAsyncDisposable
{
    private readonly Channel<DeviceEvent> _events = DeviceEvent.CreateQueue();
    private readonly Dictionary<string, OsdpBus> _busOf = [];
    private readonly List<(BusConfig Config, OsdpBus Bus)> _buses = [];
    private readonly Dictionary<string, RelayBus> _relaysOf = [];
    private readonly List<(BusConfig Config, RelayBus Bus)> _relays = [];
    private readonly Dictionary<string, LineScanner> _scanners = [];
    private readonly Dictionary<string, LineScanner> _scannerOf = [];
    private readonly Dictionary<string, string> _protocols;
    private readonly Dictionary<string, (BusConfig Config, Twn4Reader Reader)> _twn4 = [];
    private readonly Dictionary<string, List<Action<DeviceEvent>>> _listeners = [];
    private readonly List<Action<DeviceEvent>> _listenersToAll = [];
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Wires the lines; no port is opened.</summary>
    /// <exception cref="StartProblem">A line cannot be run as it is set up.</exception>
    public DeviceLines(NodeConfig config, OsdpKeys keys, TimeProvider time)
    {
        (_protocols, Time, Stopped) = (config.Buses.ToDictionary(bus => bus.Id, bus => bus.Protocol), time, _stop.Token);
        foreach (var bus in config.Buses)
            Add(bus, config, keys, time);
    }

    /// <summary>The time of the lines.</summary>
    public TimeProvider Time { get; }

    /// <summary>Ends what is done again and again at the lines.</summary>
    public CancellationToken Stopped { get; }

    /// <summary>The OSDP devices, relay boards and TWN4 readers by bus.</summary>
    public IEnumerable<(string BusId, DeviceStatus Device)> Status =>
        _buses.SelectMany(line => line.Bus.Status.Select(device => (line.Config.Id, device)))
            .Concat(_relays.SelectMany(line => line.Bus.Status.Select(device => (line.Config.Id, device))))
            .Concat(_twn4.Values.Select(line => (line.Config.Id, line.Reader.Status)));

    /// <summary>The OSDP lines, in the order of the configuration.</summary>
    public IEnumerable<(BusConfig Config, OsdpBus Bus)> OsdpLines => _buses;

    /// <summary>The OSDP line on which a device hangs; null where it hangs on another kind, or is not known.</summary>
    public OsdpBus? OsdpLineOf(string deviceId) => _busOf.GetValueOrDefault(deviceId);

    /// <summary>How much that a line told since the start found the queue full, and was lost. Zero for a line that is not known.</summary>
    public long EventsDropped(string busId) =>
        (_buses.Find(line => line.Config.Id == busId).Bus?.EventsDropped ?? 0)
        + (_relays.Find(line => line.Config.Id == busId).Bus?.EventsDropped ?? 0)
        + (_twn4.Values.FirstOrDefault(line => line.Config.Id == busId).Reader?.EventsDropped ?? 0)
        + (_scannerOf.GetValueOrDefault(busId)?.EventsDropped ?? 0);

    /// <summary>Whether there is such a line.</summary>
    public bool HasTrace(string busId) => _protocols.ContainsKey(busId);

    /// <summary>How a line speaks, as in node.json.</summary>
    public string ProtocolOf(string busId) => _protocols.GetValueOrDefault(busId, "");

    /// <summary>Shows the frames of a line from now on to others than before.</summary>
    /// <param name="busId">The line.</param>
    /// <param name="masked">Sees them with nobody's card and key in them; null for nobody.</param>
    /// <param name="asWritten">Sees them as they are; null for nobody.</param>
    public void Trace(string busId, FrameTrace? masked, FrameTrace? asWritten)
    {
        _buses.Find(line => line.Config.Id == busId).Bus?.Trace(masked, asWritten);
        _relays.Find(line => line.Config.Id == busId).Bus?.Trace(masked, asWritten);
        _twn4.Values.FirstOrDefault(line => line.Config.Id == busId).Reader?.Trace(masked, asWritten);
        _scannerOf.GetValueOrDefault(busId)?.Trace(masked, asWritten);
    }

    /// <summary>Hands on every event of a device, and of the bus on which it hangs. Before <see cref="Start"/> only; the handler returns at once.</summary>
    public void Listen(string deviceId, Action<DeviceEvent> handler)
    {
        Add(deviceId, handler);
        if (_busOf.TryGetValue(deviceId, out var osdp))
            Add(_buses.Find(line => line.Bus == osdp).Config.Id, handler);
        else if (_relaysOf.TryGetValue(deviceId, out var relays))
            Add(_relays.Find(line => line.Bus == relays).Config.Id, handler);
    }

    /// <summary>Hands on every event. Before <see cref="Start"/> only; the handler returns at once.</summary>
    public void ListenToAll(Action<DeviceEvent> handler) => _listenersToAll.Add(handler);

    /// <summary>Opens the ports. A port that is missing is waited for; one that another program holds stops the start.</summary>
    /// <exception cref="StartProblem">A port cannot be had.</exception>
    public void Start()
    {
        foreach (var (_, bus) in _buses)
            Require(bus.Start());
        foreach (var (_, bus) in _relays)
            Require(bus.Start());
        foreach (var scanner in _scanners.Values)
            Require(scanner.Start());
        foreach (var (_, reader) in _twn4.Values)
            Require(reader.Start());
    }

    /// <summary>Hands events on until stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await foreach (var happened in _events.Reader.ReadAllAsync(stopping))
        {
            _listenersToAll.ForEach(handle => handle(happened));
            if (_listeners.TryGetValue(happened.SourceId, out var handlers))
                handlers.ForEach(handle => handle(happened));
        }
    }

    /// <summary>Unlocks a lock for a time. Result as of <see cref="OsdpBus.UnlockAsync"/>.</summary>
    public Task<OutputResult> UnlockAsync(string deviceId, int output, TimeSpan unlockFor) => _relaysOf.TryGetValue(deviceId, out var relays)
        ? relays.UnlockAsync(deviceId, (byte)output, unlockFor)
        : _busOf[deviceId].UnlockAsync(deviceId, (byte)output, unlockFor);

    /// <summary>Locks a lock now.</summary>
    public Task<OutputResult> LockAsync(string deviceId, int output) => _relaysOf.TryGetValue(deviceId, out var relays)
        ? relays.LockAsync(deviceId, (byte)output)
        : _busOf[deviceId].LockAsync(deviceId, (byte)output);

    /// <summary>Gives a device a new key. Result as of <see cref="OsdpBus.SetKeyAsync"/>.</summary>
    public Task<OutputResult> SetKeyAsync(string deviceId, ReadOnlyMemory<byte> key) => _busOf[deviceId].SetKeyAsync(deviceId, key);

    /// <summary>Sets a light. False: the device has none, or is not online.</summary>
    public bool SetLed(string deviceId, LedSetting setting)
    {
        _twn4.GetValueOrDefault(deviceId).Reader?.SetLed(setting);
        return _busOf.GetValueOrDefault(deviceId)?.SetLed(deviceId, setting) ?? IsTwn4(deviceId);
    }

    /// <summary>Sounds a buzzer. False: the device has none, or is not online.</summary>
    public bool Beep(string deviceId, BeepPattern beep)
    {
        _twn4.GetValueOrDefault(deviceId).Reader?.Beep(beep);
        return _busOf.GetValueOrDefault(deviceId)?.Beep(deviceId, beep) ?? IsTwn4(deviceId);
    }

    /// <summary>Shows a text. False: the device has no display, or is not online.</summary>
    public bool ShowText(string deviceId, DisplayText text) => _busOf.GetValueOrDefault(deviceId)?.ShowText(deviceId, text) ?? false;

    /// <summary>Whether a device reads lines and says nothing by itself, so that only its port tells whether it is there.</summary>
    public bool IsScanner(string deviceId) => _scanners.ContainsKey(deviceId);

    /// <summary>Lets a scanner read or keeps it from reading; devices that take no such command are passed over.</summary>
    public void SetEnabled(string deviceId, bool enabled) => _scanners.GetValueOrDefault(deviceId)?.SetEnabled(enabled);

    /// <summary>Locks every lock and closes the ports.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
        foreach (var (_, bus) in _buses)
            await bus.DisposeAsync();
        foreach (var (_, bus) in _relays)
            await bus.DisposeAsync();
        foreach (var scanner in _scanners.Values)
            await scanner.DisposeAsync();
        foreach (var (_, reader) in _twn4.Values)
            await reader.DisposeAsync();
    }

    private bool IsTwn4(string deviceId) => _twn4.GetValueOrDefault(deviceId).Reader?.Status.Online ?? false;

    private void Add(BusConfig bus, NodeConfig config, OsdpKeys keys, TimeProvider time)
    {
        switch (DeviceProtocols.Find(bus.Protocol))
        {
            case DeviceProtocol.Osdp:
                var osdp = new OsdpBus(BusPlan.Osdp(config, bus, keys, time.GetUtcNow()), _events.Writer, time);
                _buses.Add((bus, osdp));
                Assign(bus, config, _busOf, osdp);
                break;
            case DeviceProtocol.Twn4:
                var twn4 = BusPlan.Twn4(config, bus);
                _twn4.Add(twn4.Id, (bus, new Twn4Reader(twn4, _events.Writer, time)));
                break;
            case { } protocol when LineProtocols.IsLines(protocol):
                var options = BusPlan.Lines(config, bus, protocol);
                _scanners.Add(options.Id, _scannerOf[bus.Id] = new LineScanner(options, _events.Writer, time));
                break;
            case { } protocol when DeviceProtocols.IsRelays(protocol):
                var relays = new RelayBus(BusPlan.Relays(config, bus, protocol), _events.Writer, time);
                _relays.Add((bus, relays));
                Assign(bus, config, _relaysOf, relays);
                break;
            default:
                throw new StartProblem($"Bus {bus.Id}: protocol {bus.Protocol} is not known: use {string.Join(" or ", DeviceProtocols.All)}.");
        }
    }

    private static void Assign<T>(BusConfig bus, NodeConfig config, Dictionary<string, T> linesOf, T line)
    {
        foreach (var device in config.Devices.Where(device => device.Bus == bus.Id))
            linesOf.Add(device.Id, line);
    }

    private void Add(string sourceId, Action<DeviceEvent> handler)
    {
        if (!_listeners.TryGetValue(sourceId, out var handlers))
            _listeners[sourceId] = handlers = [];
        handlers.Add(handler);
    }

    private static void Require(PortProblem? problem)
    {
        if (problem is not null)
            throw new StartProblem(problem.Sentence);
    }
}
