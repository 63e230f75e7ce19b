using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace KioskLink.Devices.Serial;

/// <summary>Line settings of a terminal: raw, eight bits, no parity, one stop bit, at one of the speeds OSDP and its neighbours use.</summary>
internal static partial class Termios
{
    // glibc's struct termios on x64 and arm64: 60 bytes; the kernel may ask for more in another C library, so leave room.
    private const int Size = 128;
    private const int InputFlags = 0, ControlFlags = 8;
    private const uint CheckParity = 0x10, AnyCharacterStarts = 0x800, StopsTheOther = 0x1000;
    private const uint CharacterSize = 0x30, EightBits = 0x30, Receive = 0x80, HangUpOnClose = 0x400, IgnoreModemLines = 0x800, SpeedBits = 0x100F;
    private const uint TwoStopBits = 0x40, HardwareFlow = 0x80000000;

    // The kernel's struct serial_struct: 72 bytes, its flags the fifth int.
    private const nuint GetSerial = 0x541E, SetSerial = 0x541F;
    private const int SerialStructSize = 128, SerialFlags = 4, LowLatency = 1 << 13;

    private static readonly (int Baud, uint Code)[] Speeds =
        [(9600, 0xD), (19200, 0xE), (38400, 0xF), (57600, 0x1001), (115200, 0x1002), (230400, 0x1003), (460800, 0x1004)];

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int Get(int fd, Span<byte> settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static partial int Set(int fd, int when, Span<byte> settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(Span<byte> settings);

    [LibraryImport("libc", EntryPoint = "cfsetspeed", SetLastError = true)]
    private static partial int SetSpeed(Span<byte> settings, uint speed);

    public static bool Supports(int baud) => Array.Exists(Speeds, speed => speed.Baud == baud);

    /// <summary>Makes the line raw 8N1 without flow control at <paramref name="baud"/>. DTR keeps its level over a close (HUPCL off). False when the driver refuses.</summary>
    public static bool MakeRaw(int fd, int baud)
    {
        Span<byte> settings = stackalloc byte[Size];
        if (Get(fd, settings) != 0)
            return false;
        MakeRaw(settings);
        // cfmakeraw leaves these as the last program had them.
        Change(settings[InputFlags..], clear: CheckParity | AnyCharacterStarts | StopsTheOther, set: 0);
        Change(settings[ControlFlags..], clear: CharacterSize | HangUpOnClose | TwoStopBits | HardwareFlow, set: EightBits | Receive | IgnoreModemLines);
        return SetSpeed(settings, Array.Find(Speeds, speed => speed.Baud == baud).Code) == 0 && Set(fd, Libc.SetNow, settings) == 0;
    }

    private static void Change(Span<byte> flags, uint clear, uint set) =>
        BinaryPrimitives.WriteUInt32LittleEndian(flags, (BinaryPrimitives.ReadUInt32LittleEndian(flags) & ~clear) | set);

    /// <summary>Asks the driver to hand on bytes at once: USB adapters otherwise collect them for up to 16 ms. Lines that know no such thing stay as they are.</summary>
    public static unsafe void LowerLatency(int fd)
    {
        var settings = stackalloc int[SerialStructSize / sizeof(int)];
        if (Libc.Control(fd, GetSerial, (nint)settings) != 0)
            return;
        settings[SerialFlags] |= LowLatency;
        _ = Libc.Control(fd, SetSerial, (nint)settings);
    }

    /// <summary>The speed the line is set to, or 0 where it is none of ours: the far end of a pty sees with it what the near end chose.</summary>
    public static int BaudOf(int fd)
    {
        Span<byte> settings = stackalloc byte[Size];
        if (Get(fd, settings) != 0)
            return 0;
        var code = BinaryPrimitives.ReadUInt32LittleEndian(settings[ControlFlags..]) & SpeedBits;
        return Array.Find(Speeds, speed => speed.Code == code).Baud;
    }
}
