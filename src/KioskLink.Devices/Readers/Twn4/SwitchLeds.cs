using System.Buffers.Binary;

namespace KioskLink.Devices.Readers.Twn4;

/// <summary><c>0410</c> takes lights into use, <c>0411</c> switches them on, <c>0412</c> off, <c>0414</c> lets them blink. One bit a light.</summary>
internal static class SwitchLeds
{
    public const byte Red = 1, Green = 2, Yellow = 4, All = Red | Green | Yellow;

    public static int WriteInit(Span<byte> target) => Write(target, 0x10, All);

    public static int WriteOn(Span<byte> target, byte lights) => Write(target, 0x11, lights);

    public static int WriteOff(Span<byte> target, byte lights) => Write(target, 0x12, lights);

    public static int WriteBlink(Span<byte> target, byte lights, TimeSpan on, TimeSpan off)
    {
        var length = Write(target, 0x14, lights);
        BinaryPrimitives.WriteUInt16LittleEndian(target[length..], SoundBeep.Milliseconds(on));
        BinaryPrimitives.WriteUInt16LittleEndian(target[(length + 2)..], SoundBeep.Milliseconds(off));
        return length + 4;
    }

    private static int Write(Span<byte> target, byte command, byte lights)
    {
        (target[0], target[1], target[2]) = (0x04, command, lights);
        return 3;
    }
}
