namespace KioskLink.Devices.Readers.Lines;

/// <summary>TWN3 IndiTag: a colon, bytes as hexadecimal digits, and their two's complement so that all bytes sum to 0: <c>:112233445501</c>.</summary>
internal static class Twn3IndiTagLine
{
    /// <summary>Reads the bytes into a target. How many bits they have; null where the mark is missing or the check wrong.</summary>
    public static int? Read(ReadOnlySpan<byte> characters, Span<byte> target)
    {
        if (characters is not [(byte)':', ..] || HexDigits.Read(characters[1..], target) is not (> 1 and var length))
            return null;
        var sum = 0;
        foreach (var part in target[..length])
            sum += part;
        return (sum & 0xFF) == 0 ? (length - 1) * 8 : null;
    }
}
