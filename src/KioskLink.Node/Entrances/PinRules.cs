namespace KioskLink.Node.Entrances;

/// <summary>How long a PIN is and how long its entry may take (DESIGN 8; domain facts 3.2).</summary>
/// <param name="MinLength">Shortest PIN, digits.</param>
/// <param name="MaxLength">Longest PIN, digits, at most <see cref="PinBuffer.Capacity"/>.</param>
internal sealed record PinRules(int MinLength, int MaxLength)
{
    /// <summary>Four digits, as Finnish libraries have them.</summary>
    public static PinRules FourDigits { get; } = new(4, 4);

    /// <summary>The longest pause between two keys.</summary>
    public TimeSpan KeyPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest entry, counted from the card.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A pause that submits once the shortest length is reached.</summary>
    public TimeSpan SubmitPause { get; init; } = TimeSpan.FromSeconds(2);
}
