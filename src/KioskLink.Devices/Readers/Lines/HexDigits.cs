namespace KioskLink.Devices.Readers.Lines;

/// <summary>Bytes written as hexadecimal digits, as Feig's scan mode and most "UID over ASCII" readers do.</summary>
internal static class HexDigits
{
    /// <summary>Reads them into a target. How many bytes; null where a character is no digit, a digit is left over, or there are more than fit.</summary>
    public static int? Read(ReadOnlySpan<byte> characters, Span<byte> target)
    {
        var (count, high) = (0, -1);
        foreach (var character in characters)
        {
            if (character is (byte)',' or (byte)':' or (byte)'-' or (byte)' ' && high < 0)
                continue;
            if (ValueOf(character) is not { } digit || count == target.Length)
                return null;
            if (high >= 0)
                target[count++] = (byte)(high << 4 | digit);
            high = high >= 0 ? -1 : digit;
        }
        return high < 0 && count > 0 ? count : null;
    }

    private static int? ValueOf(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'A' and <= (byte)'F' => character - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
        _ => null,
    };
}
