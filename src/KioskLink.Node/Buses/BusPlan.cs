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

/// <summary>What node.json says of serial lines, as the device library wants it.</summary>
internal static class BusPlan
{
    /// <summary>The longest that the install key may be used after a start.</summary>
    public static readonly TimeSpan LongestInstall = TimeSpan.FromHours(1);

    /// <summary>The options of an OSDP bus.</summary>
    /// <exception cref="StartProblem">The line or one of its devices cannot be run as it is set up.</exception>
    public static OsdpBusOptions Osdp(NodeConfig config, BusConfig bus, OsdpKeys keys, DateTimeOffset now)
    {
        var options = new OsdpBusOptions
        {
            Id = bus.Id,
            Path = bus.Path,
            Baud = bus.Baud,
            Rs485 = bus.Rs485 is { } pair ? Direction(pair) : null,
            Devices = [.. config.Devices.Where(device => device.Bus == bus.Id).Select(device => Device(config, device, keys, now))],
        };
        return options.Problems().FirstOrDefault() is { } problem ? throw new StartProblem(problem) : options;
    }

    /// <summary>The options of the line of a scanner or reader that speaks first. Its events carry the id of the one device on it.</summary>
    /// <exception cref="StartProblem">There is not exactly one device on the line, or it cannot be run as it is set up.</exception>
    public static ScannerOptions Lines(NodeConfig config, BusConfig bus, DeviceProtocol protocol)
    {
        var device = OnlyDevice(config, bus);
        if (protocol == DeviceProtocol.Wiegand && device.Model is null)
            throw new StartProblem($"Device {device.Id}: converters of Wiegand lines differ in what they send: name its model under \"profile\".");
        var options = new ScannerOptions
        {
            Id = device.Id,
            Path = bus.Path,
            Baud = bus.Baud,
            Line = LineProtocols.SettingsOf(protocol, device.Model),
            Cards = device.Model?.Cards,
        };
        return options.Problems().FirstOrDefault() is { } problem ? throw new StartProblem(problem) : options;
    }

    /// <summary>The options of a TWN4's line. Its events carry the id of the one device on it.</summary>
    /// <exception cref="StartProblem">There is not exactly one device on the line, or it cannot be run as it is set up.</exception>
    public static Twn4Options Twn4(NodeConfig config, BusConfig bus)
    {
        var device = OnlyDevice(config, bus);
        var options = new Twn4Options { Id = device.Id, Path = bus.Path, Baud = bus.Baud, Settings = device.Model?.Twn4 ?? new(), Cards = device.Model?.Cards };
        return options.Problems().FirstOrDefault() is { } problem ? throw new StartProblem(problem) : options;
    }

    /// <summary>The options of a line of relay boards.</summary>
    /// <exception cref="StartProblem">The line or one of its boards cannot be run as it is set up.</exception>
    public static RelayBusOptions Relays(NodeConfig config, BusConfig bus, DeviceProtocol protocol)
    {
        var options = new RelayBusOptions
        {
            Id = bus.Id,
            Path = bus.Path,
            Baud = bus.Baud,
            Protocol = protocol,
            Rs485 = bus.Rs485 is { } pair ? Direction(pair) : null,
            Boards = [.. config.Devices.Where(device => device.Bus == bus.Id).Select(device => Board(config, device))],
        };
        return options.Problems().FirstOrDefault() is { } problem ? throw new StartProblem(problem) : options;
    }

    /// <summary>What a bus says of its RS-485 pair, as the port wants it.</summary>
    public static Rs485Direction Direction(Rs485Config pair) => new()
    {
        SendsWhenRtsHigh = pair.SendWhenRts == RtsLevel.High,
        DelayBefore = pair.DelayBefore,
        DelayAfter = pair.DelayAfter,
        HearsItself = pair.HearsItself,
    };

    /// <summary>How much longer the install key of a device may be used: not beyond its time, and no longer than an hour from each start, whatever the clock says.</summary>
    public static TimeSpan InstallTime(DeviceConfig device, DateTimeOffset now)
    {
        var left = device.InstallUntil - now ?? TimeSpan.Zero;
        return left <= TimeSpan.Zero ? TimeSpan.Zero : left < LongestInstall ? left : LongestInstall;
    }

    private static DeviceConfig OnlyDevice(NodeConfig config, BusConfig bus)
    {
        var devices = config.Devices.Where(device => device.Bus == bus.Id).ToList();
        return devices.Count == 1
            ? devices[0]
            : throw new StartProblem($"Bus {bus.Id}: a {bus.Protocol} line has one device, and {devices.Count} are named: mend \"devices\".");
    }

    private static OsdpDeviceOptions Device(NodeConfig config, DeviceConfig device, OsdpKeys keys, DateTimeOffset now) => new()
    {
        Id = device.Id,
        Address = (byte)Math.Clamp(device.Address, 0, byte.MaxValue),
        Secure = Mode(device, keys, now),
        Keys = device.Secure == LineSecurity.Clear ? [] : keys.Of(device.Id),
        InstallTime = InstallTime(device, now),
        Profile = device.Model,
        Locks = LocksOf(config, device),
    };

    // Where the time is over and the device has no key yet, the node starts all the same: its other doors must open, and the device's alarm stands.
    private static SecureMode Mode(DeviceConfig device, OsdpKeys keys, DateTimeOffset now) => device.Secure switch
    {
        LineSecurity.Clear => SecureMode.Clear,
        LineSecurity.Install when InstallTime(device, now) > TimeSpan.Zero || keys.Of(device.Id).Count == 0 => SecureMode.Install,
        _ => SecureMode.Scbk,
    };

    private static RelayBoardOptions Board(NodeConfig config, DeviceConfig device) => new()
    {
        Id = device.Id,
        Address = (byte)Math.Clamp(device.Address, 0, byte.MaxValue),
        Outputs = device.Model?.Outputs
            ?? throw new StartProblem($"Device {device.Id}: a relay board does not say how many relays it has: name its model under \"profile\"."),
        Inputs = device.Model.Inputs,
        SupervisedInputs = device.Model.SupervisedInputs,
        Timed = device.Model.OutputsTimed,
        Locks = LocksOf(config, device),
    };

    /// <summary>The actions that move a relay.</summary>
    public static IEnumerable<ActionConfig> Relays(IReadOnlyList<ActionConfig> actions) => actions.Where(action => action.Device is not null);

    // Openers and mode lines, and a relay of an action, are driven as a lock is: what is set it leaves when the node stops, and a pulse the board ends where it can.
    private static IReadOnlyList<LockOutput> LocksOf(NodeConfig config, DeviceConfig device) =>
    [
        .. config.Doors.SelectMany(door => door.Outputs).Where(output => output.Device == device.Id).Select(Lock),
        .. Relays(config.Actions).Where(action => action.Device == device.Id).Select(Relay).Distinct(),
        .. new[] { config.AlarmPanel?.Arm, config.AlarmPanel?.Disarm }.OfType<PulsedConfig>().Where(output => output.Device == device.Id).Select(output => new LockOutput((byte)output.Output)),
        .. config.AlarmOutputs.Where(output => output.Device == device.Id).Select(output => new LockOutput((byte)output.Output, LockedWhenOn: output.RestsWhen == RelayState.On, BoardTimed: false)),
    ];

    private static LockOutput Relay(ActionConfig action) =>
        new((byte)action.Output, LockedWhenOn: action.RestsWhen == RelayState.On, BoardTimed: action.Pulse is not null);

    private static LockOutput Lock(OutputConfig output) =>
        new((byte)output.Output, LockedWhenOn: output.LockedWhen == RelayState.On, BoardTimed: output.Pulse == PulseTimer.Board);
}
