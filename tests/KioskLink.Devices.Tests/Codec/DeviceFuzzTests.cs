using KioskLink.Devices.Virtual;

namespace KioskLink.Devices.Tests.Codec;

/// <summary>No command breaks the other end of OSDP, a virtual reader or module, in clear or under a key. The round is printed by the failing case.</summary>
public sealed class DeviceFuzzTests
{
    private const int MostAllocated = 8192;
    private static readonly long Cases = HostileFrames.Cases;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(5);

    [Fact]
    public void Hostile_commands_leave_a_virtual_device_alive()
    {
        VirtualOsdpDevice[] devices = [new VirtualReader(1, key: null), new VirtualReader(1, new byte[16]), new VirtualIoModule(1, key: null), new VirtualIoModule(1, new byte[16])];
        BareLine[] lines = [.. devices.Select(device => new BareLine(device))];
        var random = new Random(4711);
        var answered = 0L;
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var round = 0L; round < Cases; round++)
        {
            var device = devices[round % devices.Length];
            // One of the changed commands may have given it another address.
            device.MoveTo(1);
            answered += lines[round % devices.Length].Ask(HostileFrames.Next(random, address: 1), Turn) is null ? 0 : 1;
            Assert.True(device.Powered, $"round {round}");
        }

        Assert.InRange(answered, Cases / 4, Cases);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Cases * MostAllocated);
    }
}
