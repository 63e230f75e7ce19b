using System.Buffers.Binary;

namespace KioskLink.Devices.Readers.Twn4;

/// <summary><c>0407</c>: one tone: volume in percent, then frequency, time on and time off, low byte first.</summary>
internal static class SoundBeep
{
    private const byte Volume = 100;
    private const ushort Hertz = 2400;

    public static int Write(Span<byte> target, TimeSpan on, TimeSpan off)
    {
        (target[0], target[1], target[2]) = (0x04, 0x07, Volume);
        BinaryPrimitives.WriteUInt16LittleEndian(target[3..], Hertz);
        BinaryPrimitives.WriteUInt16LittleEndian(target[5..], Milliseconds(on));
        BinaryPrimitives.WriteUInt16LittleEndian(target[7..], Milliseconds(off));
        return 9;
    }

    internal static ushort Milliseconds(TimeSpan span) => (ushort)Math.Clamp(span.TotalMilliseconds, 0, ushort.MaxValue);
}
