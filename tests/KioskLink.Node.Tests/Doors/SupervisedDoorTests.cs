using KioskLink.Devices.Profiles;
using KioskLink.Devices.Virtual;
using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;
using DecisionCode = KioskLink.Rules.Access.DecisionCode;

namespace KioskLink.Node.Tests.Doors;

/// <summary>A door whose contact and button hang on the inputs of a relay board, plain and as two contacts each, on a pty of its own.</summary>
public sealed class SupervisedDoorTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly VirtualModbusBoard _board = new(1) { Inputs = 8 };
    private readonly VirtualLine _line;

    public SupervisedDoorTests() => _line = new VirtualLine(_folder["relays"], 9600, [_board], TimeProvider.System);

    [Fact]
    public async Task A_contact_on_a_plain_input_of_a_relay_board_tells_the_door_open_and_closed()
    {
        await using var door = NewDoorstep("waveshare-modbus-relay-inputs");
        await door.StartAsync();
        await Patience.Until(() => door.Doorways.Doors["front"].Standing.IsClosed, "the closed door");

        _board.SetInput(0, true);

        Assert.Equal("forced", (await DoorRecordAsync(door)).Detail);
    }

    [Fact]
    public async Task A_contact_of_two_whose_line_is_cut_is_an_alarm_tells_nothing_and_keeps_no_card_out()
    {
        Set(0, active: false);
        Set(2, active: false);
        await using var door = NewDoorstep("waveshare-modbus-relay-supervised");
        await door.StartAsync();
        await Patience.Until(() => door.Doorways.Doors["front"].Standing.IsClosed, "the closed door");

        _board.SetInput(1, false);

        var alarm = await door.Alarms.NextWhere(text => text.StartsWith("Input 0", StringComparison.Ordinal), "the alarm");
        Assert.StartsWith("Input 0 of device board, the contact of door front: its line is cut or shorted", alarm, StringComparison.Ordinal);
        Assert.StartsWith("its contact tells nothing", (await DoorRecordAsync(door)).Detail, StringComparison.Ordinal);
        door.Reader.PresentCard(Doorstep.Badge);
        var outcome = await door.Journal.NextWhere(record => record.Kind == RecordKind.Outcome, "the outcome");
        Assert.Equal(Outcome.Unlocked, outcome.Outcome);

        _board.SetInput(1, true);
        await door.Over.NextWhere(subject => subject == "line board 0", "the end of the alarm");
        await Patience.Until(() => door.Doorways.Doors["front"].Standing.IsClosed, "the closed door");
    }

    [Fact]
    public async Task A_contact_on_a_relay_board_that_dies_tells_nothing_and_is_asked_anew_when_the_board_is_back()
    {
        await using var door = NewDoorstep("waveshare-modbus-relay-inputs");
        await door.StartAsync();
        await Patience.Until(() => door.Doorways.Doors["front"].Standing.IsClosed, "the closed door");

        _board.PowerOff();

        Assert.StartsWith("its contact tells nothing", (await DoorRecordAsync(door)).Detail, StringComparison.Ordinal);
        _board.PowerOn();
        Assert.Equal("its contact tells again", (await DoorRecordAsync(door)).Detail);
        await Patience.Until(() => door.Doorways.Doors["front"].Standing.IsClosed, "the closed door");
    }

    [Fact]
    public async Task A_door_that_names_the_second_of_two_contacts_stops_the_start()
    {
        await using var door = new Doorstep();
        var config = OnBoard(door.Config, "waveshare-modbus-relay-supervised");
        var wrong = config with { Doors = [config.Doors[0] with { Inputs = [new InputConfig { Role = "contact", Device = "board", Input = 1 }] }] };

        Assert.Contains("has on input 1 the second contact of input 0: write \"input\": 0 on door \"front\"", ModelCheck.FindProblem(wrong), StringComparison.Ordinal);
        Assert.Null(ModelCheck.FindProblem(config));
    }

    public void Dispose()
    {
        _line.Dispose();
        _folder.Dispose();
    }

    private static Task<RecordOpen> DoorRecordAsync(Doorstep door) => door.Journal.NextWhere(record => record.Kind == RecordKind.Door, "a record of the door");

    private void Set(int input, bool active)
    {
        _board.SetInput(input, active);
        _board.SetInput(input + 1, !active);
    }

    private Doorstep NewDoorstep(string model) => new(change: config => OnBoard(config, model))
    {
        Decide = presentation => Task.FromResult(Doorstep.Decided(presentation, DecisionCode.GrantedBadge)),
    };

    private NodeConfig OnBoard(NodeConfig config, string model) => config with
    {
        Buses = [.. config.Buses, new BusConfig { Id = "relays", Path = _folder["relays"], Protocol = "modbus-rtu" }],
        Devices = [.. config.Devices, new DeviceConfig { Id = "board", Bus = "relays", Address = 1, Placement = Placement.Inside, Secure = LineSecurity.Clear, Profile = model, Model = HardwareFolder.Read(model).Profile }],
        Doors =
        [
            config.Doors[0] with
            {
                Outputs = [new OutputConfig { Device = "board", Output = 0 }],
                Inputs = [new InputConfig { Role = "contact", Device = "board", Input = 0 }, new InputConfig { Role = "exit", Device = "board", Input = 2 }],
            },
        ],
    };
}
