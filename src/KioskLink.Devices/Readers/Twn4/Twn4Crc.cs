namespace KioskLink.Devices.Readers.Twn4;

/// <summary>The check field of the Simple Protocol: CRC-16/MCRF4XX (1021 reflected, from FFFF), low byte first.</summary>
internal static class Twn4Crc
{
    public const int Size = 2;
    private const ushort Start = 0xFFFF, Polynomial = 0x8408;

    public static ushort Compute(ReadOnlySpan<byte> bytes)
    {
        var crc = Start;
        foreach (var part in bytes)
        {
            crc ^= part;
            for (var bit = 0; bit < 8; bit++)
                crc = (ushort)((crc & 1) != 0 ? crc >> 1 ^ Polynomial : crc >> 1);
        }
        return crc;
    }
}
