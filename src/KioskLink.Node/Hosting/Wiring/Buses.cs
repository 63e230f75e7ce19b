using KioskLink.Devices.Profiles;

namespace KioskLink.Node.Hosting.Wiring;

/// <summary>A serial line.</summary>
internal sealed record BusConfig
{
    /// <summary>The bus's id.</summary>
    public string Id { get; init; } = "";

    /// <summary>Path of the serial port, or address of a serial server's port (`tcp://192.0.2.10:4001`).</summary>
    public string Path { get; init; } = "";

    /// <summary>Baud.</summary>
    public int Baud { get; init; } = 9600;

    /// <summary>`osdp`, `scanner` and others.</summary>
    public string Protocol { get; init; } = "osdp";

    /// <summary>How the port's driver turns an RS-485 pair; unset where the adapter does it by itself, as USB adapters do.</summary>
    public Rs485Config? Rs485 { get; init; }
}

/// <summary>The direction of an RS-485 pair that the kernel's driver turns by RTS.</summary>
internal sealed record Rs485Config
{
    /// <summary>The level of RTS while the port sends.</summary>
    public RtsLevel SendWhenRts { get; init; }

    /// <summary>From turning the pair to the first bit, 0 to 100 ms.</summary>
    public TimeSpan DelayBefore { get; init; }

    /// <summary>From the last bit to turning the pair back, 0 to 100 ms.</summary>
    public TimeSpan DelayAfter { get; init; }

    /// <summary>Whether the port hears what it sends.</summary>
    public bool HearsItself { get; init; }
}

/// <summary>The level of the RTS line.</summary>
internal enum RtsLevel
{
    /// <summary>High.</summary>
    High,

    /// <summary>Low.</summary>
    Low,
}

/// <summary>A reader, keypad, display or I/O module.</summary>
internal sealed record DeviceConfig
{
    /// <summary>The device's id.</summary>
    public string Id { get; init; } = "";

    /// <summary>The bus on which it hangs.</summary>
    public string Bus { get; init; } = "";

    /// <summary>Its address on the bus, 0 to 126.</summary>
    public int Address { get; init; }

    /// <summary>Which side of the wall it is on.</summary>
    public Placement Placement { get; init; } = Placement.Unset;

    /// <summary>What protects the line to it.</summary>
    public LineSecurity Secure { get; init; } = LineSecurity.Scbk;

    /// <summary>Until when the install key may be used; only with <see cref="LineSecurity.Install"/>. After it the device is heard under its own key alone.</summary>
    public DateTimeOffset? InstallUntil { get; init; }

    /// <summary>The device's key is replaced if the node did not set it at this time or later; unset leaves it alone.</summary>
    public DateTimeOffset? KeyNotBefore { get; init; }

    /// <summary>Name of the model's folder in `hardware/`, or path of a profile; unset means what the device says of itself.</summary>
    public string? Profile { get; init; }

    /// <summary>What <see cref="Profile"/> says, once it is read; no key of the file.</summary>
    internal DeviceProfile? Model { get; init; }

    /// <summary>Why a keypad outdoors may speak in clear text; without it such a keypad stops the node.</summary>
    public string? AcceptClearKeypad { get; init; }
}

/// <summary>Which side of the wall a device is on.</summary>
internal enum Placement
{
    /// <summary>Not said: the node does not start.</summary>
    Unset,

    /// <summary>In reach of anyone.</summary>
    Outside,

    /// <summary>Behind the locked door.</summary>
    Inside,
}

/// <summary>What protects the line to a device.</summary>
internal enum LineSecurity
{
    /// <summary>The device's own key.</summary>
    Scbk,

    /// <summary>Nothing.</summary>
    Clear,

    /// <summary>The install key that every device knows, until <see cref="DeviceConfig.InstallUntil"/> and only to give the device its own; then as <see cref="Scbk"/>.</summary>
    Install,
}

/// <summary>Readers, keypad and display that belong together, on one side of a door.</summary>
internal sealed record EntranceConfig
{
    /// <summary>The entrance's id.</summary>
    public string Id { get; init; } = "";

    /// <summary>The door.</summary>
    public string Door { get; init; } = "";

    /// <summary>What its readers are for.</summary>
    public Side Side { get; init; }

    /// <summary>Devices that read cards.</summary>
    public IReadOnlyList<string> Cards { get; init; } = [];

    /// <summary>The device with the keypad.</summary>
    public string? Pin { get; init; }

    /// <summary>Whether the entrance has an on-screen keypad and display too: the page `/panel/` with the entrance's id.</summary>
    public bool Panel { get; init; }

    /// <summary>The device with the display.</summary>
    public string? Display { get; init; }
}
