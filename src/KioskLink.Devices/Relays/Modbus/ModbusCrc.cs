namespace KioskLink.Devices.Relays.Modbus;

/// <summary>The check field of Modbus RTU: CRC-16 with polynomial A001 (reflected), from FFFF, low byte first.</summary>
internal static class ModbusCrc
{
    public const int Size = 2;
    private const ushort Start = 0xFFFF, Polynomial = 0xA001;

    public static ushort Compute(ReadOnlySpan<byte> bytes)
    {
        var crc = Start;
        foreach (var part in bytes)
        {
            crc ^= part;
            for (var bit = 0; bit < 8; bit++)
                crc = (ushort)((crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1);
        }
        return crc;
    }

    /// <summary>Writes the check field behind a frame. The whole length.</summary>
    public static int Append(Span<byte> frame, int length)
    {
        var crc = Compute(frame[..length]);
        (frame[length], frame[length + 1]) = ((byte)crc, (byte)(crc >> 8));
        return length + Size;
    }

    /// <summary>Whether the last two bytes are the check field of those before them.</summary>
    public static bool IsRight(ReadOnlySpan<byte> frame) =>
        frame.Length > Size && Compute(frame[..^Size]) == (ushort)(frame[^2] | (frame[^1] << 8));
}
