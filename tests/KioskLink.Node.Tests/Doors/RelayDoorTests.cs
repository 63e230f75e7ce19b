using KioskLink.Devices.Profiles;
using KioskLink.Devices.Virtual;
using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Doors;

/// <summary>A door whose lock hangs on a relay board, on a pty of its own beside the reader's.</summary>
public sealed class RelayDoorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string, string> Models => new()
    {
        { "modbus-rtu", "waveshare-modbus-relay" },
        { "kmtronic", "kmtronic-usb-relay" },
        { "lctech", "lctech-usb-relay" },
        { "numato", "numato-usb-relay" },
        { "devantech", "devantech-usb-rly08" },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_card_opens_the_door_once_and_it_locks_again(string protocol, string model)
    {
        var board = BoardOf(protocol);
        var relay = new Inbox<(int Output, bool On)>();
        using var line = new VirtualLine(_folder["relays"], 9600, [board], TimeProvider.System);
        await using var door = new Doorstep(change: config => OnBoard(config, protocol, model));
        await door.StartAsync();
        await Patience.Until(() => door.Doorways.Lines.Status.Single(status => status.Device.Id == "board").Device.Online, "the board");
        board.OutputSwitched += (output, on) => relay.Post((output, on));

        door.Reader.PresentCard(Doorstep.Card);
        door.Reader.TypeKeys("1234");

        var outcome = await door.Journal.NextWhere(record => record.Kind == RecordKind.Outcome, "the outcome");
        Assert.Equal(Outcome.Unlocked, outcome.Outcome);
        Assert.Equal((0, true), await relay.Next("unlocked"));
        Assert.Equal((0, false), await relay.Next("locked again"));
    }

    [Fact]
    public async Task A_board_without_supply_opens_nothing_and_is_an_alarm()
    {
        var board = BoardOf("modbus-rtu");
        using var line = new VirtualLine(_folder["relays"], 9600, [board], TimeProvider.System);
        board.PowerOff();
        await using var door = new Doorstep(change: config => OnBoard(config, "modbus-rtu", "waveshare-modbus-relay"));
        await door.StartAsync();
        await door.Alarms.NextWhere(sentence => sentence.StartsWith("Device board does not answer", StringComparison.Ordinal), "the alarm");

        door.Reader.PresentCard(Doorstep.Card);
        door.Reader.TypeKeys("1234");

        var outcome = await door.Journal.NextWhere(record => record.Kind == RecordKind.Outcome, "the outcome");
        Assert.NotEqual(Outcome.Unlocked, outcome.Outcome);
    }

    public void Dispose() => _folder.Dispose();

    private static VirtualRelayBoard BoardOf(string protocol) => protocol switch
    {
        "modbus-rtu" => new VirtualModbusBoard(1),
        "kmtronic" => new VirtualKmTronicBoard(),
        "lctech" => new VirtualLcTechBoard(),
        "numato" => new VirtualNumatoBoard(),
        _ => new VirtualDevantechBoard(),
    };

    private NodeConfig OnBoard(NodeConfig config, string protocol, string model)
    {
        var device = new DeviceConfig { Id = "board", Bus = "relays", Address = 1, Placement = Placement.Inside, Profile = model, Model = HardwareFolder.Read(model).Profile };
        return config with
        {
            Buses = [.. config.Buses, new BusConfig { Id = "relays", Path = _folder["relays"], Protocol = protocol }],
            Devices = [.. config.Devices, device],
            Doors = [config.Doors[0] with { Outputs = [new OutputConfig { Device = "board", Output = 0, Pulse = protocol == "modbus-rtu" ? PulseTimer.Board : PulseTimer.Host }] }],
        };
    }
}
