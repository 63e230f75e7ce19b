using KioskLink.Devices.Serial;

namespace KioskLink.Devices.Readers.Twn4;

/// <summary>One ELATEC TWN4 on a serial line of its own.</summary>
public sealed record Twn4Options
{
    /// <summary>The reader's name in events and logs.</summary>
    public required string Id { get; init; }

    /// <summary>The serial port.</summary>
    public required string Path { get; init; }

    /// <summary>The speed; readers on USB take any.</summary>
    public int Baud { get; init; } = 9600;

    /// <summary>How it is set up and asked.</summary>
    public Twn4Settings Settings { get; init; } = new();

    /// <summary>How an id spells a number; null: hexadecimal, E0 first where the chip is of ISO 15693. With <see cref="CardEncoding.Iso28560"/> the first 32 bytes stored on the chip are read instead of its id.</summary>
    public CardMapping? Cards { get; init; }

    /// <summary>An answer must be whole after this time.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often a request is sent again before the reader counts as offline.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>How often a reader that does not answer is tried.</summary>
    public TimeSpan AbsentInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>What is wrong with these options, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (!SerialPort.Supports(Baud))
            yield return $"Reader {Id}: {Baud} baud is not possible: use 9600, 19200, 38400, 57600, 115200 or 230400.";
        if (SerialLinks.ProblemOf(Path) is { } address)
            yield return $"Reader {Id}: {address}";
        if (Settings.Problem is { } problem)
            yield return $"Reader {Id}: {problem}";
    }
}
