namespace KioskLink.Devices.Readers.Twn4;

/// <summary>How an ELATEC TWN4 is spoken to: the part <c>twn4</c> of a profile.</summary>
public sealed record Twn4Settings
{
    /// <summary>Its frames carry a check field, as it is set up.</summary>
    public bool Crc { get; init; }

    /// <summary>How often it is asked for a card, in milliseconds: 20 to 1000.</summary>
    public int PollMs { get; init; } = 75;

    /// <summary>The same card within so many milliseconds of its last answer is one presentation: 500 to 10 000.</summary>
    public int SameAgainMs { get; init; } = 1500;

    /// <summary>It looks for 125 kHz chips too, which takes longer; else for 13.56 MHz alone.</summary>
    public bool LowFrequency { get; init; }

    /// <summary>What is wrong with the settings; null when nothing is.</summary>
    internal string? Problem =>
        PollMs is < 20 or > 1000 ? $"\"twn4.pollMs\" is {PollMs}: write 20 to 1000 milliseconds."
        : SameAgainMs is < 500 or > 10_000 ? $"\"twn4.sameAgainMs\" is {SameAgainMs}: write 500 to 10000 milliseconds."
        : null;
}
