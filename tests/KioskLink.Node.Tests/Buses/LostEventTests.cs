using KioskLink.Devices;
using KioskLink.Devices.Profiles;
using KioskLink.Devices.Virtual;
using KioskLink.Node.Buses;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Buses;

/// <summary>What a line tells while nothing takes it is lost in the end, and counted where technicians look.</summary>
public sealed class LostEventTests : IDisposable
{
    private const int More = 10;
    private readonly TempFolder _folder = new();
    private readonly VirtualScanner _scanner = new();
    private readonly VirtualLine _line;

    public LostEventTests() => _line = new VirtualLine(_folder["codes"], 115200, [_scanner], TimeProvider.System);

    [Fact]
    public async Task Events_that_nothing_takes_are_counted_for_their_line()
    {
        var config = Config();
        await using var lines = new DeviceLines(config, OsdpKeys.Read(_folder.Write("keys.json", "{}")), TimeProvider.System);
        var desk = new DeviceDesk(lines, config, TimeProvider.System);
        lines.Start();
        Assert.Equal(0, desk.List().Buses.Single().EventsDropped);

        for (var code = 0; code < DeviceEvent.QueueLimit + More; code++)
            _scanner.Scan($"{code}");

        await Patience.Until(() => desk.List().Buses.Single().EventsDropped >= More, "lost events");
    }

    public void Dispose()
    {
        _line.Dispose();
        _folder.Dispose();
    }

    private NodeConfig Config() => new()
    {
        Node = "front",
        Branch = "FI-Test",
        Data = _folder.Path,
        Buses = [new BusConfig { Id = "codes", Path = _folder["codes"], Baud = 115200, Protocol = "scanner" }],
        Devices = [new DeviceConfig { Id = "wall", Bus = "codes", Placement = Placement.Inside, Profile = "virtual-scanner", Model = HardwareFolder.Read("virtual-scanner").Profile }],
    };
}
