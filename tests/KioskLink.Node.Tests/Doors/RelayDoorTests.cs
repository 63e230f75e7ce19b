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

    [Fact]
    public async Task A_contact_and_an_exit_button_on_the_board_are_heard()
    {
        var board = new VirtualModbusBoard(1) { Inputs = 8 };
        using var line = new VirtualLine(_folder["relays"], 9600, [board], TimeProvider.System);
        await using var door = new Doorstep(change: config => WithInputs(OnBoard(config, "modbus-rtu", "waveshare-modbus-relay-inputs")));
        await door.StartAsync();
        await Patience.Until(() => door.Doorways.Lines.Status.Single(status => status.Device.Id == "board").Device.Online, "the board");

        board.SetInput(0, true);

        await door.Alarms.NextWhere(sentence => sentence.Contains("opened while it was locked", StringComparison.Ordinal), "a door that nobody had unlocked");
        board.SetInput(0, false);
        await Patience.Until(() => door.Doorways.Doors["front"].Phase == KioskLink.Rules.Doors.DoorPhase.Locked, "closed and locked");
        board.SetInput(1, true);
        var asked = Exchanges();
        await Patience.Until(() => Exchanges() > asked + 2, "the button is heard");
        board.SetInput(0, true);
        await Patience.Until(() => door.Doorways.Doors["front"].Phase == KioskLink.Rules.Doors.DoorPhase.Open, "left by the button, without an alarm");

        long Exchanges() => door.Doorways.Lines.Status.Single(status => status.Device.Id == "board").Device.Counters.Exchanges;
    }

    [Fact]
    public async Task Lines_on_which_nobody_answers_delay_no_other_door()
    {
        using var silent = new VirtualLine(_folder["relays"], 9600, [], TimeProvider.System);
        await using var door = new Doorstep(change: config => WithDeadLines(OnBoard(config, "modbus-rtu", "waveshare-modbus-relay"), config.Doors[0].Outputs));
        await door.StartAsync();

        for (var round = 0; round < 3; round++)
        {
            await door.ReadyAsync();
            door.Reader.PresentCard(Doorstep.Card);
            door.Reader.TypeKeys("1234");
            var outcome = await door.Journal.NextWhere(record => record.Kind == RecordKind.Outcome, "the outcome");
            Assert.Equal(Outcome.Unlocked, outcome.Outcome);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static NodeConfig WithInputs(NodeConfig config) => config with
    {
        Doors = [config.Doors[0] with { Inputs = [new InputConfig { Role = "contact", Device = "board", Input = 0 }, new InputConfig { Role = "exit", Device = "board", Input = 1 }] }],
    };

    // The relay line is silent, the server's address belongs to documentation (RFC 5737), and the scanner is not plugged in.
    private NodeConfig WithDeadLines(NodeConfig config, IReadOnlyList<OutputConfig> living) => config with
    {
        Buses = [.. config.Buses, new BusConfig { Id = "far", Path = "tcp://192.0.2.1:4001", Protocol = "scanner" }, new BusConfig { Id = "absent", Path = _folder["absent"], Protocol = "scanner" }],
        Devices = [.. config.Devices, new DeviceConfig { Id = "far", Bus = "far", Placement = Placement.Inside }, new DeviceConfig { Id = "absent", Bus = "absent", Placement = Placement.Inside }],
        Doors = [config.Doors[0] with { Outputs = living }, config.Doors[0] with { Id = "back", Inputs = [] }],
    };

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
