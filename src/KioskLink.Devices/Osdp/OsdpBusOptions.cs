using KioskLink.Devices.Locks;
using KioskLink.Devices.Profiles;
using KioskLink.Devices.Serial;

namespace KioskLink.Devices.Osdp;

/// <summary>One line of OSDP devices.</summary>
public sealed record OsdpBusOptions
{
    /// <summary>The bus's name in events and logs.</summary>
    public required string Id { get; init; }

    /// <summary>The serial port.</summary>
    public required string Path { get; init; }

    /// <summary>The speed of the line: all its devices share it.</summary>
    public int Baud { get; init; } = 38400;

    /// <summary>How the port's driver turns the RS-485 pair; null where the adapter does it by itself.</summary>
    public Rs485Direction? Rs485 { get; init; }

    /// <summary>The devices on the line.</summary>
    public required IReadOnlyList<OsdpDeviceOptions> Devices { get; init; }

    /// <summary>Times, retries and sizes.</summary>
    public OsdpLimits Limits { get; init; } = new();

    /// <summary>What is wrong with these options, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (!SerialPort.Supports(Baud))
            yield return $"Bus {Id}: {Baud} baud is not possible: use 9600, 19200, 38400, 57600, 115200 or 230400.";
        if (SerialLinks.ProblemOf(Path) is { } address)
            yield return $"Bus {Id}: {address}";
        if (Rs485?.Problem is { } direction)
            yield return $"Bus {Id}: {direction}: mend \"rs485\".";
        if (Devices.Count is 0 or > OsdpLimits.MostDevices)
            yield return $"Bus {Id}: it has {Devices.Count} devices: name 1 to {OsdpLimits.MostDevices}.";
        foreach (var twin in Devices.GroupBy(device => device.Address).Where(group => group.Count() > 1))
            yield return $"Bus {Id}: devices {string.Join(" and ", twin.Select(device => device.Id))} share address {twin.Key}: give each its own.";
        if (Limits.Problem is { } limits)
            yield return $"Bus {Id}: {limits}.";
        foreach (var problem in Devices.SelectMany(device => device.Problems()))
            yield return problem;
    }
}

/// <summary>One device on the line.</summary>
public sealed record OsdpDeviceOptions
{
    /// <summary>The device's name in events and commands.</summary>
    public required string Id { get; init; }

    /// <summary>Its address, 0 to 126.</summary>
    public required byte Address { get; init; }

    /// <summary>How the session is to be protected; there is never a weaker one instead.</summary>
    public SecureMode Secure { get; init; } = SecureMode.Scbk;

    /// <summary>The device's keys of 16 bytes, newest first. The second is the one before a key change that may not have reached the device.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Keys { get; init; } = [];

    /// <summary>How long after the start the install key may be used; null for <see cref="OsdpLimits.InstallTime"/>.</summary>
    public TimeSpan? InstallTime { get; init; }

    /// <summary>What is known of its model; null: what it says of itself must do, and its raw bits are four a digit.</summary>
    public DeviceProfile? Profile { get; init; }

    /// <summary>Its outputs that move locks. They are locked at the start of each session and when the bus stops.</summary>
    public IReadOnlyList<LockOutput> Locks { get; init; } = [];

    internal IEnumerable<string> Problems()
    {
        if (Address > OsdpLimits.HighestAddress)
            yield return $"Device {Id}: address {Address} is not possible: use 0 to {OsdpLimits.HighestAddress}.";
        if (Secure == SecureMode.Scbk && Keys.Count == 0)
            yield return $"Device {Id}: \"secure\" is scbk and there is no key: set one with the device's commissioning, or accept clear text by name.";
        if (Keys.Any(key => key.Length != SecureChannel.KeySize))
            yield return $"Device {Id}: a key is not {SecureChannel.KeySize} bytes long.";
        if (Locks.Count > Commands.OutputCommand.MostRecords)
            yield return $"Device {Id}: it has {Locks.Count} lock outputs: {Commands.OutputCommand.MostRecords} are possible.";
    }

    /// <summary>Names the device; never its keys.</summary>
    public override string ToString() => $"{Id} (address {Address}, {Secure})";
}

/// <summary>How a session with a device is protected.</summary>
public enum SecureMode
{
    /// <summary>Not at all: for old readers indoors.</summary>
    Clear,

    /// <summary>By the device's own key (SCBK).</summary>
    Scbk,

    /// <summary>By the install key (SCBK-D), for <see cref="OsdpLimits.InstallTime"/>, to set the device's own key.</summary>
    Install,
}
