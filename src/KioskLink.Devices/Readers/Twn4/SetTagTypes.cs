using System.Buffers.Binary;

namespace KioskLink.Devices.Readers.Twn4;

/// <summary><c>0502</c>: which chips it looks for, a bit each: those of 125 kHz and those of 13.56 MHz.</summary>
internal static class SetTagTypes
{
    private const uint All = 0xFFFFFFFF;

    public static int Write(Span<byte> target, bool lowFrequency)
    {
        (target[0], target[1]) = (0x05, 0x02);
        BinaryPrimitives.WriteUInt32LittleEndian(target[2..], lowFrequency ? All : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(target[6..], All);
        return 10;
    }
}
