using System.Text.Json.Serialization;

namespace KioskLink.Devices.Readers.Lines;

/// <summary>How a scanner or reader that speaks first spells what it reads, and how it is switched: the part <c>line</c> of a profile.</summary>
public sealed record LineSettings
{
    /// <summary>The longest <see cref="PauseMs"/> and <see cref="SameAgainMs"/>, in milliseconds.</summary>
    public const int LongestMs = 10_000;

    /// <summary>The longest <see cref="Prefix"/>, in characters.</summary>
    public const int LongestPrefix = 16;

    /// <summary>What ends a reading.</summary>
    public LineEnd End { get; init; }

    /// <summary>What the characters of a reading are; null: what is usual for the protocol.</summary>
    public LineForm? Form { get; init; }

    /// <summary>Characters that stand before every code; a reading without them is no card.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Letters by which the scanner tells the kind of a code, as its maker has them: one of these stands before a card's code; a reading without one is no card. Empty: none is sent.</summary>
    public string Letters { get; init; } = "";

    /// <summary>The kinds of code that cards have, as letters of AIM identifiers (ISO/IEC 15424: A Code 39, C Code 128, F Codabar, Q QR); a reading without one of these is no card. Empty: any kind, with or without an identifier.</summary>
    public string Kinds { get; init; } = "";

    /// <summary>How the scanner is switched on and off.</summary>
    public HostCommandSet Commands { get; init; }

    /// <summary>How long a pause ends a reading, in milliseconds: 5 to <see cref="LongestMs"/>.</summary>
    public int PauseMs { get; init; } = 100;

    /// <summary>
    /// The same reading within so many milliseconds of its last one is not told again: a phone held before the scanner or a card left on the reader is one
    /// presentation. 0 to <see cref="LongestMs"/>; 0 tells each.
    /// </summary>
    public int SameAgainMs { get; init; }
}

/// <summary>What ends a reading.</summary>
public enum LineEnd
{
    /// <summary>CR, LF, both, or a pause.</summary>
    Any,

    /// <summary>CR, or CR and LF. What a pause breaks off is no card.</summary>
    Cr,

    /// <summary>LF, or CR and LF. What a pause breaks off is no card.</summary>
    Lf,

    /// <summary>A tabulator. What a pause breaks off is no card.</summary>
    Tab,

    /// <summary>ETX; what stands before STX is dropped, line ends between the two too.</summary>
    Etx,

    /// <summary>A pause alone.</summary>
    Pause,
}

/// <summary>What the characters of a reading are.</summary>
public enum LineForm
{
    /// <summary>A code as it is printed.</summary>
    Text,

    /// <summary>Bytes as hexadecimal digits; commas, colons, hyphens and spaces between them go.</summary>
    Hex,

    /// <summary>RDM6300 and its like: ten hexadecimal digits and their XOR.</summary>
    Rdm6300,

    /// <summary>TWN3: the count of bits and the bits, first bit first, as hexadecimal digits.</summary>
    Twn3Bits,

    /// <summary>TWN3 IndiTag: a colon, bytes as hexadecimal digits and their two's complement.</summary>
    Twn3IndiTag,

    /// <summary>WIE232-A: two hexadecimal digits of the facility, four of the number.</summary>
    FacilityHex,

    /// <summary>Ten decimal digits of a 32-bit number; a single character is a key.</summary>
    [JsonStringEnumMemberName("decimal10")]
    Decimal10,
}

/// <summary>The host commands that a scanner takes.</summary>
public enum HostCommandSet
{
    /// <summary>None: it reads always.</summary>
    None,

    /// <summary>Datalogic RS-232 and USB-COM: single letters.</summary>
    Datalogic,

    /// <summary>Honeywell and Hand Held Products in serial trigger mode: a trigger for each reading.</summary>
    Honeywell,

    /// <summary>CipherLab: single letters.</summary>
    CipherLab,
}
