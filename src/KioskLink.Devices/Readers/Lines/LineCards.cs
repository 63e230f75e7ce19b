namespace KioskLink.Devices.Readers.Lines;

/// <summary>Makes cards of a scanner's or reader's lines. Pure.</summary>
internal static class LineCards
{
    /// <summary>The most bytes of an id: those of the largest card content, an ISO 28560-3 block, twice.</summary>
    private const int MostBytes = 64;

    private static readonly CardMapping Ids = new(CardEncoding.Hex);
    private static readonly CardMapping Numbers = new(CardEncoding.Decimal);
    private static readonly CardMapping Wiegand = new(CardEncoding.Wiegand26);

    /// <summary>How a form's bits spell a number where the profile does not say.</summary>
    public static CardMapping? DefaultOf(LineForm form) => form switch
    {
        LineForm.Text => null,
        LineForm.FacilityHex => Wiegand,
        LineForm.Decimal10 => Numbers,
        _ => Ids,
    };

    /// <summary>The card of a line; null where the line is empty but for blanks and line ends.</summary>
    public static CardScan? Read(ReadOnlySpan<byte> line, LineSettings settings, CardMapping? cards)
    {
        line = line.Trim(" \t\r\n\0"u8);
        if (line.IsEmpty)
            return null;
        if (!CodeLine.TryRead(line, settings, out var code))
            return new CardScan(null, line.Length, "characters");
        return settings.Form is { } form and not LineForm.Text ? ReadBits(code, form, cards ?? DefaultOf(form)!) : CardMapping.Read(code);
    }

    private static CardScan ReadBits(ReadOnlySpan<byte> code, LineForm form, CardMapping cards)
    {
        Span<byte> bits = stackalloc byte[MostBytes];
        bits.Clear();
        var count = form switch
        {
            LineForm.Rdm6300 => Rdm6300Line.Read(code, bits),
            LineForm.Twn3Bits => Twn3BitsLine.Read(code, bits),
            LineForm.Twn3IndiTag => Twn3IndiTagLine.Read(code, bits),
            LineForm.FacilityHex => FacilityHexLine.Read(code, bits),
            LineForm.Decimal10 => Decimal10Line.Read(code, bits),
            _ => HexDigits.Read(code, bits) * 8,
        };
        return count is { } known ? cards.Read(bits, known) : new CardScan(null, code.Length, "characters");
    }
}
