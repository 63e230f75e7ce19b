using KioskLink.Devices.Virtual;

namespace KioskLink.Devices.Tests.Codec;

/// <summary>No command breaks the other end of OSDP, a virtual reader or module, in clear or under a key. The round is printed by the failing case.</summary>
public sealed class DeviceFuzzTests
{
    private const int MostAllocated = 8192;
    private static readonly long Cases = HostileFrames.Cases;

    [Fact]
    public void Hostile_commands_leave_a_virtual_device_alive()
    {
        VirtualOsdpDevice[] devices = [new VirtualReader(1, key: null), new VirtualReader(1, new byte[16]), new VirtualIoModule(1, key: null), new VirtualIoModule(1, new byte[16])];
        var random = new Random(4711);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var round = 0L; round < Cases; round++)
        {
            var device = devices[round % devices.Length];
            device.Hear(HostileFrames.Next(random, address: 1), TimeSpan.FromMilliseconds(round * 5));
            Assert.True(device.Powered, $"round {round}");
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Cases * MostAllocated);
    }
}
