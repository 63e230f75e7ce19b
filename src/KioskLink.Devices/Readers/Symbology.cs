namespace KioskLink.Devices.Readers;

/// <summary>The AIM identifier before a code (ISO/IEC 15424): <c>]</c>, a letter for the kind of code, a modifier.</summary>
public static class Symbology
{
    private const int Length = 3;

    /// <summary>The identifier, or empty where the line has none.</summary>
    public static string IdentifierOf(ReadOnlySpan<byte> line) => HasIdentifier(line) ? System.Text.Encoding.ASCII.GetString(line[..Length]) : "";

    /// <summary>The letter of the kind of code; null where the line has no identifier.</summary>
    public static char? KindOf(ReadOnlySpan<byte> line) => HasIdentifier(line) ? (char)line[1] : null;

    /// <summary>The code without its identifier, and without the start and stop letters A to D that some scanners leave on Codabar or the asterisks on Code 39.</summary>
    public static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> line)
    {
        if (KindOf(line) is not { } kind)
            return line;
        var code = line[Length..];
        return kind switch
        {
            'F' when code.Length > 2 && IsStop(code[0]) && IsStop(code[^1]) => code[1..^1],
            'A' when code.Length > 2 && code[0] == (byte)'*' && code[^1] == (byte)'*' => code[1..^1],
            _ => code,
        };
    }

    private static bool HasIdentifier(ReadOnlySpan<byte> line) =>
        line.Length > Length && line[0] == (byte)']' && char.IsAsciiLetter((char)line[1]) && char.IsAsciiLetterOrDigit((char)line[2]);

    private static bool IsStop(byte character) => (character | 0x20) is >= (byte)'a' and <= (byte)'d';
}
