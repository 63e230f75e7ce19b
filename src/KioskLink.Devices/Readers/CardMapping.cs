using System.Globalization;

namespace KioskLink.Devices.Readers;

/// <summary>How a reader's bits spell a card number.</summary>
public enum CardEncoding
{
    /// <summary>Four bits a digit, first digit first.</summary>
    Bcd,

    /// <summary>Eight bits a character, printable ASCII.</summary>
    Ascii,

    /// <summary>26 bits with parity (H10301): facility and number, written as three and five digits.</summary>
    Wiegand26,

    /// <summary>The unique id of a chip as hexadecimal text; what it stands for is looked up later.</summary>
    Hex,
}

/// <summary>The part of a reader's profile that makes card numbers of bits.</summary>
/// <param name="Encoding">How to read the bits.</param>
/// <param name="MinBits">Fewer bits are no card.</param>
/// <param name="MaxBits">More bits are no card.</param>
public sealed record CardMapping(CardEncoding Encoding, int MinBits = 16, int MaxBits = 256)
{
    /// <summary>Reads bits that stand first bit first and left-justified, as OSDP's RAW reply has them.</summary>
    public CardScan Read(ReadOnlySpan<byte> bits, int bitCount)
    {
        var number = bitCount < MinBits || bitCount > MaxBits ? null : Encoding switch
        {
            CardEncoding.Bcd => ReadBcd(bits, bitCount),
            CardEncoding.Ascii => ReadAscii(bits, bitCount),
            CardEncoding.Wiegand26 => ReadWiegand26(bits, bitCount),
            CardEncoding.Hex => bitCount % 8 == 0 ? Convert.ToHexString(bits[..(bitCount / 8)]) : null,
            _ => null,
        };
        return new CardScan(number, bitCount, "bits");
    }

    /// <summary>Reads characters a reader or scanner has already decoded; spaces and line ends around them go.</summary>
    public static CardScan Read(ReadOnlySpan<byte> characters)
    {
        var text = characters.Trim(" \t\r\n\0"u8);
        var readable = text.Length is > 0 and <= CardScan.MostCharacters && !text.ContainsAnyExceptInRange((byte)' ', (byte)'~');
        return new CardScan(readable ? System.Text.Encoding.ASCII.GetString(text) : null, characters.Length, "characters");
    }

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

    private static string? ReadAscii(ReadOnlySpan<byte> bits, int bitCount) => bitCount % 8 == 0 ? Read(bits[..(bitCount / 8)]).Number : null;

    private static string? ReadWiegand26(ReadOnlySpan<byte> bits, int bitCount)
    {
        if (bitCount != 26)
            return null;
        var all = (uint)((bits[0] << 24) | (bits[1] << 16) | (bits[2] << 8) | bits[3]) >> 6;
        var even = uint.PopCount(all >> 13) % 2 == 0;
        var odd = uint.PopCount(all & 0x1FFF) % 2 == 1;
        return even && odd ? string.Create(CultureInfo.InvariantCulture, $"{(all >> 17) & 0xFF:000}{(all >> 1) & 0xFFFF:00000}") : null;
    }
}
