using System.Buffers.Binary;

namespace KioskLink.Devices.Readers.Lines;

/// <summary>S4A and other converters of Wiegand lines: a card is ten decimal digits of a 32-bit number and CR LF; a key is one character without end.</summary>
internal static class Decimal10Line
{
    private const int Digits = 10;

    /// <summary>The most keys that a pause may have run together.</summary>
    private const int MostKeys = 4;

    /// <summary>Reads the number into a target as four bytes. How many bits; null where it is none.</summary>
    public static int? Read(ReadOnlySpan<byte> characters, Span<byte> target)
    {
        if (characters.Length != Digits)
            return null;
        var value = 0ul;
        foreach (var character in characters)
        {
            if (character is < (byte)'0' or > (byte)'9')
                return null;
            value = value * 10 + character - '0';
        }
        if (value > uint.MaxValue)
            return null;
        BinaryPrimitives.WriteUInt32BigEndian(target, (uint)value);
        return sizeof(uint) * 8;
    }

    /// <summary>The keys that characters without end are; null where they are something else. <c>A</c> and <c>B</c> are how some converters write <c>*</c> and <c>#</c>.</summary>
    public static PinKeys? KeysOf(ReadOnlySpan<byte> characters)
    {
        if (characters.Length is 0 or > MostKeys)
            return null;
        Span<char> keys = stackalloc char[characters.Length];
        for (var at = 0; at < keys.Length; at++)
            if (KeyOf(characters[at]) is { } key)
                keys[at] = key;
            else
                return null;
        return new PinKeys(keys);
    }

    private static char? KeyOf(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => (char)character,
        (byte)'*' or (byte)'A' => '*',
        (byte)'#' or (byte)'B' => '#',
        _ => null,
    };
}
