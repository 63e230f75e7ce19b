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

/// <summary>Every time, retry and size of an OSDP bus.</summary>
public sealed record OsdpLimits
{
    /// <summary>Devices on one line; more would make a cycle too long.</summary>
    public const int MostDevices = 32;

    /// <summary>The highest address of a device; 127 is for all.</summary>
    public const int HighestAddress = 126;

    /// <summary>Orders to outputs waiting for one device.</summary>
    public const int OutputQueue = 16;

    /// <summary>Lights, tones and texts waiting for one device; newer ones replace older of the same kind.</summary>
    public const int FeedbackQueue = 32;

    /// <summary>A device must begin to answer within this time (SIA OSDP 2.2: REPLY_DELAY), counted from the command's last byte.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause inside a reply. The standard says 20 ms; USB adapters deliver in lumps of 16.</summary>
    public TimeSpan GapTimeout { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest a whole reply may take, babbling devices included.</summary>
    public TimeSpan ReplyLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the line must be quiet before a command, in character times (SIA OSDP 2.2: two).</summary>
    public int QuietCharacters { get; init; } = 2;

    /// <summary>How long a command waits for the line to be quiet; a transmitter that is stuck never lets it be.</summary>
    public TimeSpan QuietLimit { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often a command is sent again, with the same bytes, before the session counts as lost.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The first wait before a device that does not answer is tried again; doubles to <see cref="BackoffMax"/>.</summary>
    public TimeSpan BackoffMin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest of these waits.</summary>
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The wait after a BUSY.</summary>
    public TimeSpan BusyDelay { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How many BUSY in a row are taken before the exchange counts as failed.</summary>
    public int BusyMax { get; init; } = 20;

    /// <summary>How long the line is kept free for an order after a card or a key; zero polls on at once.</summary>
    public TimeSpan OrderPatience { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>The pause between two polls of a device with cards or keys; zero polls as fast as the line allows. Orders, lights and texts do not wait for it.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// The same for a device without cards and keys: what it does not need, the readers of its line get. A change at one of its inputs is told at most
    /// this long, one round of polls and its own exchange after it came. Shorter than a hand on an exit button or a door that swings open.
    /// </summary>
    public TimeSpan StatusPollInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest of both: half of the 8 s after which a device ends its session by itself (SIA OSDP 2.2).</summary>
    public static readonly TimeSpan LongestPollInterval = TimeSpan.FromSeconds(4);

    /// <summary>What comes in reply to the first so many polls of a session may be old.</summary>
    public int StalePolls { get; init; } = 2;

    /// <summary>After so long without an exchange a reader's next presentations may be old again.</summary>
    public TimeSpan StaleSilence { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>An order to an output is given up after this time; it is never sent later.</summary>
    public TimeSpan OutputDeadline { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long after the start the install key may be used.</summary>
    public TimeSpan InstallTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a stopping bus tries to lock its outputs.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What is wrong with the limits; null when nothing is.</summary>
    internal string? Problem
    {
        get
        {
            TimeSpan[] waits = [ReplyTimeout, GapTimeout, ReplyLimit, QuietLimit, BackoffMin, BackoffMax, BusyDelay, OutputDeadline];
            if (waits.Any(wait => wait <= TimeSpan.Zero) || Retries < 0 || BusyMax < 0 || QuietCharacters < 0)
                return "a limit is zero or less, and the line would be given up before it was tried";
            return PollInterval > LongestPollInterval || StatusPollInterval > LongestPollInterval
                ? $"a device would end its session between two polls: poll at least every {LongestPollInterval.TotalSeconds} s"
                : null;
        }
    }
}
