using System.Text.Json.Serialization;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Readers;
using KioskLink.Devices.Readers.Lines;
using KioskLink.Devices.Readers.Twn4;

namespace KioskLink.Devices.Profiles;

/// <summary>What is known of one model of device, from <c>profile.json</c> in its folder under <c>hardware/</c>. Read by <see cref="ProfileFile"/>.</summary>
public sealed record DeviceProfile
{
    /// <summary>Path of hardware/profile.schema.json, for the editor alone.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>The model, as its folder is named.</summary>
    public string Model { get; init; } = "";

    /// <summary>Who makes it.</summary>
    public string Maker { get; init; } = "";

    /// <summary>How it speaks.</summary>
    public DeviceProtocol? Protocol { get; init; }

    /// <summary>The speeds it can be set to; the first is the one it is delivered with.</summary>
    public IReadOnlyList<int> Bauds { get; init; } = [];

    /// <summary>The protections it can do, strongest first; empty where the protocol has none.</summary>
    public IReadOnlyList<SecureMode> Secure { get; init; } = [];

    /// <summary>It reads cards.</summary>
    public bool Reader { get; init; }

    /// <summary>It has keys.</summary>
    public bool Keypad { get; init; }

    /// <summary>Lights.</summary>
    public int Leds { get; init; }

    /// <summary>It has a buzzer.</summary>
    public bool Buzzer { get; init; }

    /// <summary>Rows and columns of its display; null for none.</summary>
    public DisplaySize? Display { get; init; }

    /// <summary>Relay outputs.</summary>
    public int Outputs { get; init; }

    /// <summary>Its outputs run the timer of an unlock themselves.</summary>
    public bool OutputsTimed { get; init; }

    /// <summary>Contact inputs.</summary>
    public int Inputs { get; init; }

    /// <summary>Contact inputs of a relay board that are wired as two contacts of one switch: the input closed while it is active, the next one closed while it is not. Both or neither is a fault of the line.</summary>
    public IReadOnlyList<int> SupervisedInputs { get; init; } = [];

    /// <summary>How its raw bits spell a card number; null: four bits a digit. Characters it has already decoded need none.</summary>
    public CardMapping? Cards { get; init; }

    /// <summary>How it spells and ends its readings, where it speaks first; null: as is usual for its protocol.</summary>
    public LineSettings? Line { get; init; }

    /// <summary>How a TWN4 is set up and asked; null: as it is delivered.</summary>
    public Twn4Settings? Twn4 { get; init; }
}

/// <summary>How a device speaks.</summary>
public enum DeviceProtocol
{
    /// <summary>SIA OSDP 2.2.</summary>
    Osdp,

    /// <summary>Lines of characters from a bar code scanner.</summary>
    Scanner,

    /// <summary>Card readers that send the id of a chip as characters.</summary>
    [JsonStringEnumMemberName("uid-ascii")]
    UidAscii,

    /// <summary>Converters of a Wiegand line to a serial one.</summary>
    Wiegand,

    /// <summary>ELATEC TWN4 in the Simple Protocol.</summary>
    Twn4,

    /// <summary>Relay boards on Modbus RTU.</summary>
    [JsonStringEnumMemberName("modbus-rtu")]
    ModbusRtu,

    /// <summary>KMTronic relay boards.</summary>
    [JsonStringEnumMemberName("kmtronic")]
    KmTronic,

    /// <summary>LCTech and other relay boards behind a CH340.</summary>
    [JsonStringEnumMemberName("lctech")]
    LcTech,

    /// <summary>Numato relay boards.</summary>
    Numato,

    /// <summary>Devantech relay boards.</summary>
    Devantech,
}

/// <summary>The size of a display in characters.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
public sealed record DisplaySize(int Rows, int Columns)
{
    /// <summary>How many characters it shows at once.</summary>
    public int Cells => Rows * Columns;
}
