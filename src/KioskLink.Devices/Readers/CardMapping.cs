using System.Globalization;

namespace KioskLink.Devices.Readers;

/// <summary>How a reader's bits spell a card number.</summary>
public enum CardEncoding
{
    /// <summary>Four bits a digit, first digit first.</summary>
    Bcd,

    /// <summary>Eight bits a character, printable ASCII.</summary>
    Ascii,

    /// <summary>The unique id of a chip as hexadecimal text; what it stands for is looked up later.</summary>
    Hex,

    /// <summary>The same as a decimal number, with leading zeros to the width of its largest value: ten digits for 32 bits.</summary>
    Decimal,

    /// <summary>26 bits with parity (H10301): facility and number, written as three and five digits.</summary>
    Wiegand26,

    /// <summary>34 bits with parity (H10306): facility and number, written as five digits each.</summary>
    Wiegand34,

    /// <summary>37 bits with parity (H10302): a number of eleven digits.</summary>
    Wiegand37,

    /// <summary>37 bits with parity (H10304): facility and number, written as five and six digits.</summary>
    Wiegand37Facility,

    /// <summary>The 32 bytes of an ISO 28560-3 patron card, in either order of its blocks, check field right: the number of the card.</summary>
    Iso28560,
}

/// <summary>In which order the bytes of a chip's id are taken.</summary>
public enum UidOrder
{
    /// <summary>As the reader sends them.</summary>
    AsRead,

    /// <summary>The last byte first.</summary>
    Reversed,

    /// <summary>For ISO 15693: eight bytes, turned so that E0 comes first; others are unreadable.</summary>
    E0First,
}

/// <summary>The part of a reader's profile that makes card numbers of bits.</summary>
/// <param name="Encoding">How to read the bits.</param>
/// <param name="MinBits">Fewer bits are no card.</param>
/// <param name="MaxBits">More bits are no card; null: as many as the encoding can take.</param>
/// <param name="Parity">The bits stand between an even and an odd parity bit as on a Wiegand line; both are checked and dropped.</param>
/// <param name="ByteOrder">The order of a chip id's bytes.</param>
public sealed record CardMapping(
    CardEncoding Encoding, int MinBits = 16, int? MaxBits = null, bool Parity = false, UidOrder ByteOrder = UidOrder.AsRead)
{
    private const int BitsPerId = 128, ParityBits = 2, Iso15693Bytes = 8;
    private const byte Iso15693Mark = 0xE0;

    /// <summary>The most bits from which a number within <see cref="CardScan.MostCharacters"/> can come.</summary>
    internal int MostBits => (Parity ? ParityBits : 0) + Encoding switch
    {
        CardEncoding.Ascii => CardScan.MostCharacters * 8,
        CardEncoding.Decimal => BitsPerId,
        CardEncoding.Iso28560 => Iso28560Card.Length * 8,
        _ => Wiegand?.Bits ?? CardScan.MostCharacters * 4,
    };

    internal WiegandFormat? Wiegand => Encoding switch
    {
        CardEncoding.Wiegand26 => WiegandFormat.Bits26,
        CardEncoding.Wiegand34 => WiegandFormat.Bits34,
        CardEncoding.Wiegand37 => WiegandFormat.Bits37,
        CardEncoding.Wiegand37Facility => WiegandFormat.Bits37Facility,
        _ => null,
    };

    /// <summary>Reads bits that stand first bit first and left-justified, as OSDP's RAW reply has them.</summary>
    public CardScan Read(ReadOnlySpan<byte> bits, int bitCount) => new(bitCount < MinBits || bitCount > (MaxBits ?? MostBits) ? null : NumberOf(bits, bitCount), bitCount, "bits");

    /// <summary>Reads characters a reader or scanner has already decoded; spaces and line ends around them go.</summary>
    public static CardScan Read(ReadOnlySpan<byte> characters)
    {
        var text = characters.Trim(" \t\r\n\0"u8);
        var readable = text.Length is > 0 and <= CardScan.MostCharacters && !text.ContainsAnyExceptInRange((byte)' ', (byte)'~');
        return new CardScan(readable ? System.Text.Encoding.ASCII.GetString(text) : null, characters.Length, "characters");
    }

    /// <summary>Overwrites a card's bits with nobody's, which this mapping reads where it read the card.</summary>
    internal void WriteNobodys(Span<byte> bits, int bitCount)
    {
        bits.Clear();
        var hasParity = Parity || Wiegand is not null;
        var contentBits = hasParity ? bitCount - ParityBits : bitCount;
        if (contentBits < 1)
            return;
        Span<byte> content = stackalloc byte[(contentBits + 7) / 8];
        content.Clear();
        WriteNobodysContent(content, contentBits);
        if (hasParity)
            WiegandFormat.Surround(content, contentBits, bits);
        else
            content.CopyTo(bits);
    }

    private void WriteNobodysContent(Span<byte> content, int contentBits)
    {
        if (Encoding == CardEncoding.Bcd && contentBits % 4 == 0)
            for (var at = 0; at < contentBits / 4; at++)
                content[at / 2] |= (byte)(NobodysCard.Digit(at, contentBits / 4) << (at % 2 == 0 ? 4 : 0));
        else if (Encoding == CardEncoding.Ascii && contentBits % 8 == 0)
            NobodysCard.WriteCharacters(content);
        else if (Encoding == CardEncoding.Iso28560 && content.Length == Iso28560Card.Length)
            Iso28560Card.WriteNobodys(content);
        else if (ByteOrder == UidOrder.E0First)
            content[0] = Iso15693Mark;
    }

    private string? NumberOf(ReadOnlySpan<byte> bits, int bitCount)
    {
        if (Wiegand is { } format)
            return format.Read(bits, bitCount);
        if (!Parity)
            return ContentOf(bits, bitCount);
        return WiegandFormat.ParityIsRight(bits, bitCount) ? ContentOf(WiegandFormat.Between(bits, bitCount), bitCount - ParityBits) : null;
    }

    private string? ContentOf(ReadOnlySpan<byte> bits, int bitCount) => Encoding switch
    {
        CardEncoding.Bcd => ReadBcd(bits, bitCount),
        _ when bitCount % 8 != 0 => null,
        CardEncoding.Ascii => Read(bits[..(bitCount / 8)]).Number,
        CardEncoding.Iso28560 => Iso28560Card.NumberOf(bits[..(bitCount / 8)]),
        _ => ReadId(bits[..(bitCount / 8)]),
    };

    private static string? ReadBcd(ReadOnlySpan<byte> bits, int bitCount)
    {
        if (bitCount % 4 != 0 || bitCount / 4 > CardScan.MostCharacters)
            return null;
        Span<char> digits = stackalloc char[bitCount / 4];
        for (var index = 0; index < digits.Length; index++)
        {
            var digit = index % 2 == 0 ? bits[index / 2] >> 4 : bits[index / 2] & 0x0F;
            if (digit > 9)
                return null;
            digits[index] = (char)('0' + digit);
        }
        return new string(digits);
    }

    private string? ReadId(ReadOnlySpan<byte> id)
    {
        if (id.Length * 2 > CardScan.MostCharacters || (ByteOrder == UidOrder.E0First && !IsIso15693(id)))
            return null;
        Span<byte> ordered = stackalloc byte[id.Length];
        id.CopyTo(ordered);
        if (ByteOrder == UidOrder.Reversed || (ByteOrder == UidOrder.E0First && ordered[0] != Iso15693Mark))
            ordered.Reverse();
        return Encoding == CardEncoding.Hex ? Convert.ToHexString(ordered) : ReadDecimal(ordered);
    }

    private static bool IsIso15693(ReadOnlySpan<byte> id) => id.Length == Iso15693Bytes && (id[0] == Iso15693Mark || id[^1] == Iso15693Mark);

    private static string? ReadDecimal(ReadOnlySpan<byte> id)
    {
        if (id.Length * 8 > BitsPerId)
            return null;
        UInt128 value = 0;
        foreach (var part in id)
            value = (value << 8) | part;
        var width = (UInt128.MaxValue >> (BitsPerId - id.Length * 8)).ToString(CultureInfo.InvariantCulture).Length;
        return value.ToString($"D{width}", CultureInfo.InvariantCulture);
    }
}
