using System.Globalization;

namespace KioskLink.Devices.Readers;

/// <summary>A card format of access control: an even parity bit, facility, number, an odd parity bit. Sizes in bits, digits as the card shows them.</summary>
/// <param name="Bits">All bits, both parity bits counted.</param>
/// <param name="FacilityBits">Bits of the facility; 0 where there is none.</param>
/// <param name="FacilityDigits">How many digits the facility is written with.</param>
/// <param name="NumberDigits">How many digits the number is written with.</param>
internal sealed record WiegandFormat(int Bits, int FacilityBits, int FacilityDigits, int NumberDigits)
{
    /// <summary>H10301.</summary>
    public static readonly WiegandFormat Bits26 = new(26, 8, 3, 5);

    /// <summary>H10306.</summary>
    public static readonly WiegandFormat Bits34 = new(34, 16, 5, 5);

    /// <summary>H10302: a number alone.</summary>
    public static readonly WiegandFormat Bits37 = new(37, 0, 0, 11);

    /// <summary>H10304: the same parity over facility and number.</summary>
    public static readonly WiegandFormat Bits37Facility = new(37, 16, 5, 6);

    /// <summary>Reads a card; null where the count or a parity bit is wrong.</summary>
    public string? Read(ReadOnlySpan<byte> bits, int bitCount)
    {
        if (bitCount != Bits || !ParityIsRight(bits, bitCount))
            return null;
        var facility = Value(bits, 1, FacilityBits);
        var number = Value(bits, 1 + FacilityBits, Bits - 2 - FacilityBits);
        return (FacilityBits == 0 ? "" : Digits(facility, FacilityDigits)) + Digits(number, NumberDigits);
    }

    /// <summary>Whether the first bit makes the first half even and the last bit the second half odd. With an odd count between them both halves take the middle bit.</summary>
    public static bool ParityIsRight(ReadOnlySpan<byte> bits, int bitCount)
    {
        var half = (bitCount - 1) / 2;
        return bitCount > 2 && Ones(bits, 0, half + 1) % 2 == 0 && Ones(bits, bitCount - 1 - half, half + 1) % 2 == 1;
    }

    /// <summary>What stands between the two parity bits, left-justified.</summary>
    public static byte[] Between(ReadOnlySpan<byte> bits, int bitCount)
    {
        var content = new byte[(bitCount - 2 + 7) / 8];
        for (var at = 0; at < bitCount - 2; at++)
            content[at / 8] |= (byte)(Bit(bits, at + 1) << (7 - at % 8));
        return content;
    }

    /// <summary>Writes content between its two parity bits; the target is empty.</summary>
    public static void Surround(ReadOnlySpan<byte> content, int contentBits, Span<byte> target)
    {
        for (var at = 0; at < contentBits; at++)
            target[(at + 1) / 8] |= (byte)(Bit(content, at) << (7 - (at + 1) % 8));
        var half = (contentBits + 1) / 2;
        target[0] |= (byte)(Ones(content, 0, half) % 2 << 7);
        target[(contentBits + 1) / 8] |= (byte)((1 - Ones(content, contentBits - half, half) % 2) << (7 - (contentBits + 1) % 8));
    }

    private static string Digits(ulong value, int digits) => value.ToString($"D{digits}", CultureInfo.InvariantCulture);

    private static ulong Value(ReadOnlySpan<byte> bits, int from, int count)
    {
        var value = 0ul;
        for (var at = from; at < from + count; at++)
            value = (value << 1) | (uint)Bit(bits, at);
        return value;
    }

    private static int Ones(ReadOnlySpan<byte> bits, int from, int count)
    {
        var ones = 0;
        for (var at = from; at < from + count; at++)
            ones += Bit(bits, at);
        return ones;
    }

    private static int Bit(ReadOnlySpan<byte> bits, int at) => (bits[at / 8] >> (7 - at % 8)) & 1;
}
