using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Doors;
using KioskLink.Testing;
using DecisionCode = KioskLink.Rules.Access.DecisionCode;

namespace KioskLink.Node.Tests.Doors;

/// <summary>Openers and mode lines of a door's operator over a real pty, on the relays of the virtual I/O module.</summary>
public sealed class OpenerDoorTests
{
    [Fact]
    public async Task An_opener_pushes_once_after_the_lock_and_stops_by_the_boards_timer()
    {
        await using var door = NewDoorstep(config => With(config, 0, Opener("io", 3)));
        await door.StartAsync();

        door.Reader.PresentCard(Doorstep.Badge);

        Assert.Equal((0, true), await door.Relay.Next("the lock"));
        Assert.Equal((3, true), await door.Relay.Next("the opener"));
        Assert.Equal((3, false), await door.Relay.Next("the end of the push"));
    }

    [Fact]
    public async Task An_opener_whose_board_is_dead_keeps_no_lock_from_opening_and_is_an_alarm()
    {
        await using var door = NewDoorstep(config => With(WithDeadBoard(config), 0, Opener("dead", 0)));
        await door.StartAsync();

        door.Reader.PresentCard(Doorstep.Badge);

        Assert.Equal((0, true), await door.Relay.Next("the lock"));
        Assert.Equal(Outcome.Unlocked, (await door.Journal.NextWhere(record => record.Kind == RecordKind.Outcome, "the outcome")).Outcome);
        Assert.StartsWith("Door front: its opener", await door.Alarms.NextWhere(text => text.Contains("opener", StringComparison.Ordinal), "the alarm"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_inner_opener_of_a_lobby_pushes_only_after_the_inner_lock()
    {
        await using var door = NewDoorstep(config => With(Doorstep.WithInnerDoor(config), 1, Opener("io", 2)) with { Lobbies = [new LobbyConfig { Outer = "front", Inner = "inner" }] });
        await door.StartAsync();
        await Patience.Until(() => door.Doorways.Doors.Values.All(loop => loop.Standing.IsClosed), "closed doors");
        door.Reader.PresentCard(Doorstep.Badge);
        Assert.Equal((0, true), await door.Relay.Next("the outer lock"));
        await door.Journal.NextWhere(record => record.Kind == RecordKind.Outcome, "the outcome");

        door.Module.SetInput(0, true);

        Assert.Equal((1, true), await door.Relay.NextWhere(switched => switched.Output != 0, "the inner lock"));
        Assert.Equal((2, true), await door.Relay.NextWhere(switched => switched.Output != 0, "the inner opener"));
    }

    [Fact]
    public async Task An_operator_is_told_that_it_is_automatic_while_the_door_is_free_and_exit_only_afterwards_one_mode_at_a_time()
    {
        await using var door = NewDoorstep(config => With(config, 0, Mode(2, OperatorMode.Automatic), Mode(3, OperatorMode.ExitOnly)));
        await door.StartAsync();
        await door.Relay.NextWhere(switched => switched == (3, true), "exit only");

        door.Doorways.SetFree(true);
        Assert.Equal((3, false), await ModeAsync(door));
        Assert.Equal((2, true), await ModeAsync(door));

        door.Doorways.SetFree(false);
        Assert.Equal((2, false), await ModeAsync(door));
        Assert.Equal((3, true), await ModeAsync(door));
    }

    [Fact]
    public async Task A_mode_is_told_again_when_the_board_is_back()
    {
        await using var door = NewDoorstep(config => With(config, 0, Mode(3, OperatorMode.ExitOnly)));
        await door.StartAsync();
        await door.Relay.NextWhere(switched => switched == (3, true), "exit only");

        door.Module.PowerOff();
        await door.Alarms.NextWhere(text => text.Contains("io", StringComparison.Ordinal), "the dead board");
        door.Module.PowerOn();

        await door.Relay.NextWhere(switched => switched == (3, false), "no line");
        await door.Relay.NextWhere(switched => switched == (3, true), "exit only again");
    }

    private static Task<(int Output, bool On)> ModeAsync(Doorstep door) => door.Relay.NextWhere(switched => switched.Output != 0, "a mode line");

    private static OutputConfig Opener(string device, int output) => new()
    {
        Role = OutputConfig.OpenerRole,
        Device = device,
        Output = output,
        Delay = TimeSpan.FromMilliseconds(200),
        PulseFor = TimeSpan.FromMilliseconds(300),
    };

    private static OutputConfig Mode(int output, OperatorMode mode) => new() { Role = OutputConfig.ModeRole, Device = "io", Output = output, Mode = mode };

    private static NodeConfig With(NodeConfig config, int door, params OutputConfig[] outputs) => config with
    {
        Doors = [.. config.Doors.Select((one, index) => index == door ? one with { Outputs = [.. one.Outputs, .. outputs] } : one)],
    };

    private static NodeConfig WithDeadBoard(NodeConfig config) => config with
    {
        Devices = [.. config.Devices, new DeviceConfig { Id = "dead", Bus = "bus0", Address = 9, Placement = Placement.Inside, Secure = LineSecurity.Clear }],
    };

    private static Doorstep NewDoorstep(Func<NodeConfig, NodeConfig> change) => new(change: change)
    {
        Decide = presentation => Task.FromResult(Doorstep.Decided(presentation, DecisionCode.GrantedBadge)),
    };
}
