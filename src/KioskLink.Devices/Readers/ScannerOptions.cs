using KioskLink.Devices.Readers.Lines;
using KioskLink.Devices.Serial;

namespace KioskLink.Devices.Readers;

/// <summary>One scanner or reader that speaks first, on a serial line of its own.</summary>
public sealed record ScannerOptions
{
    /// <summary>The scanner's name in events and logs.</summary>
    public required string Id { get; init; }

    /// <summary>The serial port.</summary>
    public required string Path { get; init; }

    /// <summary>The speed; scanners on USB (CDC) take any.</summary>
    public int Baud { get; init; } = 9600;

    /// <summary>How it spells and ends what it reads, and how it is switched.</summary>
    public LineSettings Line { get; init; } = new();

    /// <summary>How the bits of its readings spell a number; null: as is usual for the form of its lines.</summary>
    public CardMapping? Cards { get; init; }

    /// <summary>After the port opens it must have been quiet for this long; what comes before may have been scanned earlier.</summary>
    public TimeSpan QuietAfterOpen { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>What is wrong with these options, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (!SerialPort.Supports(Baud))
            yield return $"Scanner {Id}: {Baud} baud is not possible: use 9600, 19200, 38400, 57600, 115200 or 230400.";
        if (SerialLinks.ProblemOf(Path) is { } address)
            yield return $"Scanner {Id}: {address}";
    }
}
