using KioskLink.Devices.Osdp;
using KioskLink.Devices.Virtual;

namespace KioskLink.Devices.Tests.Codec;

/// <summary>No command breaks the other end of OSDP, a virtual reader or module, in clear or under a key. The round is printed by the failing case.</summary>
public sealed class DeviceFuzzTests
{
    private const int MostAllocated = 8192;
    private static readonly long Cases = Environment.GetEnvironmentVariable("KIOSKLINK_LONG") is { Length: > 0 } ? 10_000_000 : 200_000;

    [Fact]
    public void Hostile_commands_leave_a_virtual_device_alive()
    {
        VirtualOsdpDevice[] devices = [new VirtualReader(1, key: null), new VirtualReader(1, new byte[16]), new VirtualIoModule(1, key: null), new VirtualIoModule(1, new byte[16])];
        var frames = Capture.Load("scbk.log").Concat(Capture.Load("clear.log")).Select(frame => frame.Bytes).Where(bytes => bytes.Length >= 8).ToArray();
        var random = new Random(4711);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var round = 0L; round < Cases; round++)
        {
            var device = devices[round % devices.Length];
            device.Hear(Mutate(frames[random.Next(frames.Length)], random), TimeSpan.FromMilliseconds(round * 5));
            Assert.True(device.Powered, $"round {round}");
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Cases * MostAllocated);
    }

    private static byte[] Mutate(byte[] frame, Random random)
    {
        var bytes = frame[..random.Next(8, frame.Length + 1)];
        for (var change = random.Next(4); change > 0; change--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        if (random.Next(4) == 0)
            return bytes;
        // Start, address, length and check field are made right, so that what lies behind them is reached.
        (bytes[0], bytes[1], bytes[2], bytes[3]) = (0x53, 1, (byte)bytes.Length, 0);
        bytes[4] |= 0x04;
        var crc = Crc16.Compute(bytes.AsSpan(0, bytes.Length - 2));
        (bytes[^2], bytes[^1]) = ((byte)crc, (byte)(crc >> 8));
        return bytes;
    }
}
