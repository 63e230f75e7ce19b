namespace KioskLink.Devices.Readers.Lines;

/// <summary>Priority1 WIE232-A: a 26-bit card (H10301) whose parity it has checked and dropped, as two and four hexadecimal digits: <c>125678</c>.</summary>
internal static class FacilityHexLine
{
    private const int ContentBytes = 3, ContentBits = 24;

    /// <summary>Writes the card's 26 bits, parity put back, into an empty target. How many bits; null where there are not six digits.</summary>
    public static int? Read(ReadOnlySpan<byte> characters, Span<byte> target)
    {
        Span<byte> content = stackalloc byte[ContentBytes];
        if (characters.Length != 2 * ContentBytes || HexDigits.Read(characters, content) != ContentBytes)
            return null;
        WiegandFormat.Surround(content, ContentBits, target);
        return WiegandFormat.Bits26.Bits;
    }
}
