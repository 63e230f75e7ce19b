using KioskLink.Devices.Profiles;
using KioskLink.Devices.Virtual;
using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Node.Tests.Hosting;
using KioskLink.Protos.Node.V1;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Diagnostics;

/// <summary>The node's own alarm output, a lamp on a relay board, of a whole node.</summary>
public sealed class AlarmOutputTests : IAsyncLifetime
{
    private const int Lamp = 2;
    private readonly TempFolder _folder = new();
    private readonly VirtualModbusBoard _board = new(1);
    private readonly Inbox<(int Output, bool On)> _relays = new();
    private readonly VirtualLine _line;
    private readonly WholeNode _node;

    public AlarmOutputTests()
    {
        _line = new VirtualLine(_folder["relays"], 9600, [_board], TimeProvider.System);
        _node = new WholeNode { Change = WithLamp };
    }

    public async Task InitializeAsync()
    {
        await _node.StartRegisterAsync();
        await _node.StartAsync();
        await Patience.Until(async () => (await _node.StatusAsync()).Devices.Single(device => device.DeviceId == "board").Online, "the board");
        _board.OutputSwitched += (output, on) => _relays.Post((output, on));
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        _line.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_reader_that_dies_while_the_line_to_the_register_is_dead_switches_the_lamp_on_until_the_register_hears_of_it()
    {
        _node.Reader.PowerOff();
        await Patience.Until(async () => (await _node.StatusAsync()).Alarms.Any(alarm => alarm.StartsWith("Device reader does not answer", StringComparison.Ordinal)), "the alarm");
        Assert.DoesNotContain(_relays.Drain(), switched => switched == (Lamp, true));

        await _node.StopRegisterAsync();

        await _relays.NextWhere(switched => switched == (Lamp, true), "the lamp is on");
        Assert.NotEqual(LinkState.Online, (await _node.StatusAsync()).Link);
        await _node.StartRegisterAsync();
        await _relays.NextWhere(switched => switched == (Lamp, false), "the lamp is off again");
    }

    [Fact]
    public async Task A_dead_line_alone_switches_nothing()
    {
        await _node.StopRegisterAsync();
        await Patience.Until(async () => (await _node.StatusAsync()).Link == LinkState.Offline, "the link is offline");
        Assert.DoesNotContain(_relays.Drain(), switched => switched == (Lamp, true));

        _node.Reader.PowerOff();

        await _relays.NextWhere(switched => switched == (Lamp, true), "the lamp is on");
    }

    private NodeConfig WithLamp(NodeConfig config) => config with
    {
        Buses = [.. config.Buses, new BusConfig { Id = "relays", Path = _folder["relays"], Baud = 9600, Protocol = "modbus-rtu" }],
        Devices =
        [
            .. config.Devices,
            new DeviceConfig
            {
                Id = "board", Bus = "relays", Address = 1, Placement = Placement.Inside, Secure = LineSecurity.Clear, Profile = "waveshare-modbus-relay", Model = HardwareFolder.Read("waveshare-modbus-relay").Profile,
            },
        ],
        AlarmOutputs = [new AlarmOutputConfig { Device = "board", Output = Lamp }],
    };
}
