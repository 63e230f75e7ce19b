namespace KioskLink.Sip2.Wire;

/// <summary>What may stand in a field: no delimiter, and no control character, since CR would end the message.</summary>
internal static class FieldText
{
    private const byte Space = (byte)' ', Delete = 0x7F;

    public static byte Clean(byte one) => one is < Space or Delete or FieldSyntax.Delimiter ? Space : one;

    /// <summary>Puts blanks in the place of what may not stand. No encoding of SIP2 uses such a byte inside another character.</summary>
    public static void Clean(Span<byte> bytes)
    {
        foreach (ref var one in bytes)
            one = Clean(one);
    }

    /// <summary>How much of a text fits into a field, in UTF-16 units, without cutting a character in two.</summary>
    /// <param name="text">The text.</param>
    /// <param name="atBlank">Whether to cut at the last blank, so that words stay whole where the text goes on in another field.</param>
    public static int Fitting(ReadOnlySpan<char> text, bool atBlank)
    {
        if (text.Length <= WireLimits.WrittenCharacters)
            return text.Length;
        var length = WireLimits.WrittenCharacters;
        if (char.IsHighSurrogate(text[length - 1]))
            length--;
        var blank = text[..length].LastIndexOf(' ');
        return atBlank && blank > 0 ? blank + 1 : length;
    }
}
