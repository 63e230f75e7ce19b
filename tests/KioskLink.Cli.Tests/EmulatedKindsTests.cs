using System.Threading.Channels;
using KioskLink.Cli.Devices;
using KioskLink.Devices;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Profiles;
using KioskLink.Devices.Readers;
using KioskLink.Devices.Readers.Lines;
using KioskLink.Devices.Readers.Twn4;
using KioskLink.Devices.Relays;
using KioskLink.Testing;

namespace KioskLink.Cli;

/// <summary>Every kind of device that <c>device emulate</c> plays, at the real panel or reader of its protocol.</summary>
public sealed class EmulatedKindsTests : IDisposable
{
    private const int Baud = 9600;
    private readonly TempFolder _folder = new();
    private readonly Channel<DeviceEvent> _events = DeviceEvent.CreateQueue();

    public static TheoryData<string> Kinds => [.. EmulatedDevice.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Each_kind_comes_online(string kind)
    {
        using var device = EmulatedDevice.Create(kind, _folder["port"], address: 1, Baud, key: null, TimeProvider.System);
        await using IAsyncDisposable panel = kind switch
        {
            "reader" or "io" => Osdp(),
            "twn4" => Twn4(),
            "scanner" or "uid-ascii" or "wiegand" => Line(kind),
            _ => Relays(kind),
        };
        // Who only listens hears a device when it speaks.
        if (panel is LineScanner)
        {
            await NextAsync<PortBack>();
            Assert.Null(device.Do(kind switch { "scanner" => "scan 29909090000018", "uid-ascii" => "chip 0458A2B26E4F80", _ => "wiegand 18 345" }));
            Assert.NotNull((await NextAsync<CardScanned>()).Card.Number);
        }
        else
            await NextAsync<DeviceOnline>();
    }

    [Fact]
    public async Task A_played_TWN4_gives_the_chip_that_is_held_before_it()
    {
        using var device = EmulatedDevice.Create("twn4", _folder["port"], address: 1, Baud, key: null, TimeProvider.System);
        await using var panel = Twn4();

        Assert.Null(device.Do("chip 0458A2B26E4F80"));

        Assert.Equal("0458A2B26E4F80", (await NextAsync<CardScanned>()).Card.Number);
        Assert.Null(device.Do("chip away"));
    }

    [Theory]
    [InlineData("twn4", "chip XYZ")]
    [InlineData("uid-ascii", "chip 045")]
    [InlineData("wiegand", "wiegand 256 1")]
    public void What_a_device_cannot_do_is_answered_with_what_it_can(string kind, string typed)
    {
        using var device = EmulatedDevice.Create(kind, _folder["port"], address: 1, Baud, key: null, TimeProvider.System);

        Assert.Contains("This device knows:", device.Do(typed), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private OsdpBus Osdp()
    {
        var options = new OsdpBusOptions { Id = "bus", Path = _folder["port"], Baud = Baud, Devices = [new OsdpDeviceOptions { Id = "device", Address = 1, Secure = SecureMode.Clear }] };
        var bus = new OsdpBus(options, _events.Writer, TimeProvider.System);
        Assert.Null(bus.Start());
        return bus;
    }

    private Twn4Reader Twn4()
    {
        var reader = new Twn4Reader(new Twn4Options { Id = "device", Path = _folder["port"], Baud = Baud }, _events.Writer, TimeProvider.System);
        Assert.Null(reader.Start());
        return reader;
    }

    private LineScanner Line(string kind)
    {
        var form = kind switch { "scanner" => LineForm.Text, "uid-ascii" => LineForm.Hex, _ => LineForm.FacilityHex };
        var options = new ScannerOptions { Id = "device", Path = _folder["port"], Baud = Baud, Line = new LineSettings { Form = form }, QuietAfterOpen = TimeSpan.FromMilliseconds(20) };
        var reader = new LineScanner(options, _events.Writer, TimeProvider.System);
        Assert.Null(reader.Start());
        return reader;
    }

    private RelayBus Relays(string kind)
    {
        var options = new RelayBusOptions { Id = "bus", Path = _folder["port"], Baud = Baud, Protocol = DeviceProtocols.Find(kind)!.Value, Boards = [new RelayBoardOptions { Id = "device", Outputs = OutputsOf(kind) }] };
        var bus = new RelayBus(options, _events.Writer, TimeProvider.System);
        Assert.Null(bus.Start());
        return bus;
    }

    private static int OutputsOf(string kind) => kind switch { "lctech" => 1, "numato" => 4, _ => 8 };

    private async Task<T> NextAsync<T>()
        where T : DeviceEvent
    {
        while (true)
            if (await Patience.For(_events.Reader.ReadAsync().AsTask(), $"a {typeof(T).Name}") is T wanted)
                return wanted;
    }
}
