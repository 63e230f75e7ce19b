namespace KioskLink.Sip2.Wire;

/// <summary>The sizes that are taken from a wire. What is longer is refused, never cut.</summary>
public sealed record WireLimits
{
    /// <summary>The longest value that SIP2 allows in a field: what is written is cut here, or goes on in a field of its own.</summary>
    public const int WrittenCharacters = 255;

    /// <summary>The longest message, its terminator not counted.</summary>
    public int MessageBytes { get; init; } = 64 * 1024;

    /// <summary>The most fields of a message: a patron with 2 000 loans is told in one.</summary>
    public int Fields { get; init; } = 4096;

    /// <summary>The longest field, in bytes. Library systems write more than the 255 characters that SIP2 allows.</summary>
    public int FieldBytes { get; init; } = 8 * 1024;

    /// <summary>What is wrong with the limits; null when nothing is.</summary>
    public string? Problem => MessageBytes < 256 || Fields < 16 || FieldBytes < WrittenCharacters
        ? "a limit is smaller than the messages of ordinary devices: at least 256 bytes, 16 fields of 255 bytes"
        : null;
}
