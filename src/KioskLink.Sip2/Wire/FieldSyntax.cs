using System.Runtime.CompilerServices;

namespace KioskLink.Sip2.Wire;

/// <summary>How a field stands in a message: two characters that name it, its value, and a delimiter.</summary>
internal static class FieldSyntax
{
    public const byte Delimiter = (byte)'|';
    public const int IdLength = 2;

    /// <summary>Whether bytes begin like a field: a capital letter, then a capital letter or a digit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Begins(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= IdLength && char.IsAsciiLetterUpper((char)bytes[0]) && (char.IsAsciiLetterUpper((char)bytes[1]) || char.IsAsciiDigit((char)bytes[1]));

    /// <summary>Leaves out what stands before the first field: surplus characters of a fixed part that somebody writes too long.</summary>
    public static ReadOnlySpan<byte> FromFirstField(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0 && bytes[0] != Delimiter && !Begins(bytes))
            bytes = bytes[1..];
        return bytes;
    }

    /// <summary>Takes the next part up to a delimiter; false at the end. A part need not be a field.</summary>
    public static bool TakePart(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> part)
    {
        part = default;
        if (rest.IsEmpty)
            return false;
        var length = rest.IndexOf(Delimiter);
        part = length < 0 ? rest : rest[..length];
        rest = length < 0 ? [] : rest[(length + 1)..];
        return true;
    }
}
