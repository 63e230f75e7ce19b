using System.Buffers.Text;

namespace KioskLink.Sip2.Wire;

/// <summary>The check of SIP2's error detection: all bytes through the letters AZ and the number of the four digits add up to 0, modulo 65536.</summary>
internal static class Checksum
{
    public const int Digits = 4;

    /// <summary>The number whose digits follow AZ.</summary>
    /// <param name="bytes">Everything from the first digit of the command to the letters AZ.</param>
    public static ushort Of(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        foreach (var one in bytes)
            sum += one;
        return (ushort)-sum;
    }

    /// <summary>Whether the digits are those of the bytes; upper or lower case, and without leading zeros, as one library system writes them.</summary>
    public static bool Fits(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> digits) =>
        digits.Length is > 0 and <= Digits && Utf8Parser.TryParse(digits, out ushort number, out var read, 'x') && read == digits.Length && number == Of(bytes);
}
