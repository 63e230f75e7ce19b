using KioskLink.Devices.Osdp;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Codec;

/// <summary>Captured frames, made hostile.</summary>
internal static class HostileFrames
{
    private const int Smallest = 8;

    /// <summary>How many cases a protocol is tried with.</summary>
    public static readonly long Cases = LongRun.IsAsked ? 10_000_000 : 200_000;

    /// <summary>Frames that went over a line, in clear and under keys.</summary>
    public static byte[][] Samples { get; } =
        [.. Capture.Load("scbk.log").Concat(Capture.Load("clear.log")).Select(frame => frame.Bytes).Where(bytes => bytes.Length >= Smallest)];

    /// <summary>A frame, cut and changed. Three of four are whole again, so that what lies behind start, length and check field is reached.</summary>
    /// <param name="random">The chance.</param>
    /// <param name="address">The address of those that are whole; 128 and more for a reply.</param>
    public static byte[] Next(Random random, byte address)
    {
        var frame = Samples[random.Next(Samples.Length)];
        var bytes = frame[..random.Next(Smallest, frame.Length + 1)];
        for (var change = random.Next(4); change > 0; change--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        if (random.Next(4) > 0)
            Repair(bytes, address);
        return bytes;
    }

    private static void Repair(byte[] bytes, byte address)
    {
        (bytes[0], bytes[1], bytes[2], bytes[3]) = (0x53, address, (byte)bytes.Length, 0);
        bytes[4] |= 0x04;
        Repair(bytes);
    }

    /// <summary>Makes the CRC right again.</summary>
    public static void Repair(byte[] bytes)
    {
        var crc = Crc16.Compute(bytes.AsSpan(0, bytes.Length - 2));
        (bytes[^2], bytes[^1]) = ((byte)crc, (byte)(crc >> 8));
    }
}
