using System.Buffers.Binary;

namespace KioskLink.Devices.Serial;

/// <summary>
/// How the kernel's driver of an on-board UART turns an RS-485 pair between sending and hearing (TIOCSRS485): by RTS. USB adapters turn it by
/// themselves and need none of this.
/// </summary>
public sealed record Rs485Direction
{
    /// <summary>The longest delay the kernel takes; it cuts longer ones.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>Size of the kernel's <c>struct serial_rs485</c>: flags, two delays in milliseconds, five words of padding.</summary>
    internal const int Size = 32;

    private const uint Enabled = 1 << 0, RtsOnSend = 1 << 1, RtsAfterSend = 1 << 2, HearWhileSending = 1 << 4;
    private const nuint GetDirection = 0x542E, SetDirection = 0x542F;
    private const int DelayBeforeAt = 4, DelayAfterAt = 8;

    /// <summary>RTS is high while the driver sends; else it is low then and high while it hears.</summary>
    public bool SendsWhenRtsHigh { get; init; } = true;

    /// <summary>From turning the pair to the first bit, in whole milliseconds.</summary>
    public TimeSpan DelayBefore { get; init; }

    /// <summary>From the last bit to turning the pair back, in whole milliseconds. It must be shorter than a device's turnaround, about 3 ms.</summary>
    public TimeSpan DelayAfter { get; init; }

    /// <summary>The receiver stays on while the port sends, so that it hears itself. The panel passes its own frames over.</summary>
    public bool HearsItself { get; init; }

    /// <summary>What is wrong with the settings; null when nothing is.</summary>
    public string? Problem => IsDelay(DelayBefore) && IsDelay(DelayAfter)
        ? null
        : $"an RS-485 delay goes from 0 to {LongestDelay.TotalMilliseconds} ms in whole milliseconds";

    /// <summary>Writes the kernel's struct, <see cref="Size"/> bytes.</summary>
    internal void Write(Span<byte> settings)
    {
        settings[..Size].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(settings, Flags | (HearsItself ? HearWhileSending : 0));
        BinaryPrimitives.WriteUInt32LittleEndian(settings[DelayBeforeAt..], (uint)DelayBefore.TotalMilliseconds);
        BinaryPrimitives.WriteUInt32LittleEndian(settings[DelayAfterAt..], (uint)DelayAfter.TotalMilliseconds);
    }

    /// <summary>Sets the driver of an open port. False when it has no such thing, or took the settings and does not keep them.</summary>
    internal unsafe bool Apply(int fd)
    {
        Span<byte> settings = stackalloc byte[Size];
        Write(settings);
        fixed (byte* start = settings)
            return Libc.Control(fd, SetDirection, (nint)start) == 0
                && Libc.Control(fd, GetDirection, (nint)start) == 0
                && (BinaryPrimitives.ReadUInt32LittleEndian(settings) & (Enabled | RtsOnSend | RtsAfterSend)) == Flags;
    }

    private uint Flags => Enabled | (SendsWhenRtsHigh ? RtsOnSend : RtsAfterSend);

    private static bool IsDelay(TimeSpan delay) => delay >= TimeSpan.Zero && delay <= LongestDelay && delay.Ticks % TimeSpan.TicksPerMillisecond == 0;
}
