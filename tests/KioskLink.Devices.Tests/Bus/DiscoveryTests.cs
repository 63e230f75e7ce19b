using KioskLink.Devices.Osdp;
using KioskLink.Devices.Serial;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>Devices that nobody has named yet are found at their address and speed, over a real pseudo-terminal.</summary>
public sealed class DiscoveryTests
{
    private static readonly OsdpLimits Short = new() { ReplyTimeout = TimeSpan.FromMilliseconds(40) };

    [Theory]
    [InlineData(9600)]
    [InlineData(115200)]
    public void Readers_with_and_without_keys_are_found_at_their_speed(int baud)
    {
        using var folder = new TempFolder();
        using var line = new VirtualLine(folder["line"], baud, [new VirtualReader(1, key: null), new VirtualIoModule(5, new byte[16])], TimeProvider.System);
        using var discovery = new OsdpDiscovery(new SerialPort(line.Path, 9600), TimeProvider.System, Short);
        var shares = new List<double>();

        var (found, problem) = discovery.Run(progress: new Told(shares));

        Assert.Null(problem);
        Assert.Equal([((byte)1, baud), ((byte)5, baud)], found.Select(device => (device.Address, device.Baud)));
        Assert.Equal(0xC0B0A0, found[0].Identity!.Vendor);
        Assert.Equal(1, found[0].Capabilities!.Readers);
        Assert.Equal((false, true), (found[0].WantsKey, found[1].WantsKey));
        Assert.Equal(shares.Order(), shares);
        Assert.Equal(1, shares[^1]);
    }

    [Fact]
    public void A_port_that_is_not_there_is_said_so()
    {
        using var folder = new TempFolder();
        using var discovery = new OsdpDiscovery(new SerialPort(folder["nothing"], 9600), TimeProvider.System, Short);

        Assert.Equal(PortProblemKind.Missing, discovery.Run().Problem?.Kind);
    }

    [Fact]
    public void An_answer_that_cannot_be_read_twice_is_two_devices_at_one_address()
    {
        var discovery = new Discovery(SearchPlan.All([9600], thorough: false));

        discovery.Missed(damaged: true);
        Assert.Equal(0, discovery.Address);
        discovery.Missed(damaged: true);

        Assert.Equal(1, discovery.Address);
        Assert.True(Assert.Single(discovery.Found).Disturbed);
    }

    [Fact]
    public void An_empty_line_is_looked_through_once_at_each_speed_and_no_longer()
    {
        var discovery = new Discovery(SearchPlan.All(OsdpDiscovery.Bauds, thorough: false));
        var asked = 0;
        for (; !discovery.Over; asked++)
            discovery.Missed(damaged: false);

        Assert.Equal(6 * 127, asked);
        Assert.Empty(discovery.Found);
        Assert.Equal(1, discovery.Share);
    }

    private sealed class Told(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}
