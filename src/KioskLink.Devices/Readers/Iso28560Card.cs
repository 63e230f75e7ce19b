namespace KioskLink.Devices.Readers;

/// <summary>A patron card in the fixed encoding of ISO 28560-3 (the Danish data model): 32 bytes on an ISO 15693 chip, its number in clear.</summary>
/// <remarks>Some makers write each block of four bytes turned round; both orders are tried. The check field decides, so that no half card passes.</remarks>
internal static class Iso28560Card
{
    public const int Length = 32;
    private const int NumberAt = 3, NumberLength = 16, CheckAt = 19, CountryAt = 21, BlockLength = 4, TrailingZeros = 2;

    /// <summary>Version 1 in the high half, "patron card" in the low one.</summary>
    private const byte PatronCard = 0x18;

    /// <summary>The card's number; null where the bytes are no patron card with a right check field in either order of blocks.</summary>
    public static string? NumberOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
            return null;
        Span<byte> turned = stackalloc byte[Length];
        bytes.CopyTo(turned);
        for (var block = 0; block < Length; block += BlockLength)
            turned.Slice(block, BlockLength).Reverse();
        return ReadInOrder(bytes) ?? ReadInOrder(turned);
    }

    /// <summary>Writes a patron card of one part whose number is nobody's, with its check field.</summary>
    public static void WriteNobodys(Span<byte> target)
    {
        const int digits = 14;
        target[..Length].Clear();
        (target[0], target[1], target[2]) = (PatronCard, 1, 1);
        NobodysCard.WriteCharacters(target.Slice(NumberAt, digits));
        var check = CheckOf(target);
        (target[CheckAt], target[CheckAt + 1]) = ((byte)check, (byte)(check >> 8));
    }

    /// <summary>The CRC (polynomial 1021, from FFFF, not reflected) over everything but itself and two zeros behind; written low byte first.</summary>
    public static ushort CheckOf(ReadOnlySpan<byte> block)
    {
        var crc = Add(0xFFFF, block[..CheckAt]);
        crc = Add(crc, block[CountryAt..Length]);
        ReadOnlySpan<byte> trailing = stackalloc byte[TrailingZeros];
        return Add(crc, trailing);
    }

    private static string? ReadInOrder(ReadOnlySpan<byte> block)
    {
        if (block[0] != PatronCard || CheckOf(block) != (block[CheckAt] | block[CheckAt + 1] << 8))
            return null;
        var number = block.Slice(NumberAt, NumberLength).TrimEnd((byte)0);
        return CardMapping.Read(number).Number;
    }

    private static ushort Add(ushort crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var part in bytes)
        {
            crc ^= (ushort)(part << 8);
            for (var bit = 0; bit < 8; bit++)
                crc = (ushort)((crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1);
        }
        return crc;
    }
}
