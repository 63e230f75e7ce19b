namespace KioskLink.Devices.Readers.Lines;

/// <summary>TWN3: hexadecimal digits of a byte that counts the bits, then of the bits, first bit first and left-justified: <c>1A808001C0</c>.</summary>
internal static class Twn3BitsLine
{
    /// <summary>Reads the bits into a target. How many there are; null where their bytes are not as many as the count says.</summary>
    public static int? Read(ReadOnlySpan<byte> characters, Span<byte> target)
    {
        if (HexDigits.Read(characters, target) is not { } length)
            return null;
        int count = target[0];
        if (count == 0 || length != 1 + (count + 7) / 8)
            return null;
        target[1..length].CopyTo(target);
        return count;
    }
}
