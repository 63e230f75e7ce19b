using KioskLink.Node.Doors;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Doors;
using KioskLink.Testing;
using DecisionCode = KioskLink.Rules.Access.DecisionCode;

namespace KioskLink.Node.Tests.Doors;

/// <summary>What a door does when something around it fails, over a real pty. The table of all cases is in hardware/doors.md.</summary>
public sealed class DoorFaultTests
{
    [Fact]
    public async Task A_lock_that_is_open_when_its_bus_is_cut_is_locked_by_the_boards_own_timer()
    {
        await using var door = NewDoorstep();
        await door.StartAsync();
        door.Reader.PresentCard(Doorstep.Badge);
        Assert.Equal((0, true), await door.Relay.Next("the open lock"));

        door.Line.Unplug();

        Assert.Equal((0, false), await door.Relay.Next("the board's own end of it"));
        await door.Alarms.NextWhere(sentence => sentence.Contains(door.LinePath, StringComparison.Ordinal), "the alarm about the line");
    }

    [Fact]
    public async Task A_free_door_that_a_dead_node_has_left_open_is_locked_by_the_next_start_and_freed_by_the_calendar_alone()
    {
        await using var door = NewDoorstep();
        await using (var node = new RunningDoors(door.Open()))
        {
            await Patience.Until(() => node.Front.Standing.IsClosed, "the contact's word");
            node.Doors.SetFree(true);
            Assert.Equal((0, true), await door.Relay.Next("the free door"));
            await Patience.Until(() => node.Front.Phase == DoorPhase.Free, "the lease");
            // Without its line it can tell the board nothing any more, as a node that was killed.
            door.Line.Unplug();
            await door.Alarms.NextWhere(sentence => sentence.Contains(door.LinePath, StringComparison.Ordinal), "the lost line");
        }
        Assert.False(door.Relay.Any);

        await using var restarted = new RunningDoors(door.Open());
        door.Line.Replug();

        Assert.Equal((0, false), await door.Relay.Next("the locked door"));
        await Patience.Until(() => restarted.Front.Standing.IsClosed, "the contact's word");
        Assert.Equal(DoorPhase.Locked, restarted.Front.Phase);
        restarted.Doors.SetFree(true);
        Assert.Equal((0, true), await door.Relay.Next("the free door again"));
    }

    [Fact]
    public async Task A_reader_that_is_torn_off_is_an_alarm_and_moves_no_lock()
    {
        await using var door = NewDoorstep();
        await door.StartAsync();

        door.Reader.SetTamper(true);
        await door.Alarms.NextWhere(sentence => sentence.Contains("torn off", StringComparison.Ordinal), "the alarm about the housing");
        door.Reader.PowerOff();
        await door.Alarms.NextWhere(sentence => sentence.StartsWith("Device reader does not answer", StringComparison.Ordinal), "the alarm about the silence");

        Assert.False(door.Relay.Any);
        Assert.Equal(DoorPhase.Locked, door.Doorways.Doors["front"].Phase);
    }

    [Fact]
    public async Task A_fire_alarm_unlocks_nothing_from_outside_and_makes_no_break_in_of_those_who_leave()
    {
        await using var door = NewDoorstep();
        await door.StartAsync();
        door.Module.SetInput(4, true);
        await door.Journal.NextWhere(record => record.Detail == "fire alarm", "the fire alarm");

        door.Module.SetInput(0, true);

        Assert.Equal("opened", (await door.Journal.NextWhere(record => record.Kind == RecordKind.Door, "the open door")).Detail);
        Assert.False(door.Relay.Any);
    }

    [Fact]
    public async Task A_broken_glass_is_an_alarm_and_makes_no_break_in_of_anybody_until_it_is_reset()
    {
        await using var door = NewDoorstep(new InputConfig { Role = InputConfig.GlassRole, Device = "io", Input = 5 });
        await door.StartAsync();
        door.Module.SetInput(5, true);
        Assert.StartsWith("Door front: its break-glass was used", await door.Alarms.NextWhere(text => text.Contains("glass", StringComparison.Ordinal), "the alarm"), StringComparison.Ordinal);
        await Patience.Until(() => door.Doorways.Doors["front"].Standing.IsLeaving, "the way out");

        door.Module.SetInput(0, true);
        await door.Journal.NextWhere(record => record.Detail == "opened", "the open door");
        door.Module.SetInput(5, false);
        await door.Over.NextWhere(subject => subject == "glass front", "the end of the alarm");

        Assert.False(door.Relay.Any);
    }

    private static Doorstep NewDoorstep() => NewDoorstep(new InputConfig { Role = "fire", Device = "io", Input = 4 });

    private static Doorstep NewDoorstep(InputConfig input) => new(change: config => config with
    {
        Doors = [config.Doors[0] with { Inputs = [.. config.Doors[0].Inputs, input] }],
    })
    {
        Decide = presentation => Task.FromResult(Doorstep.Decided(presentation, DecisionCode.GrantedBadge)),
    };

    /// <summary>The doors of one process, from its start to its end.</summary>
    private sealed class RunningDoors : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stopping = new();
        private readonly Task _running;

        public RunningDoors(Doorways doors)
        {
            Doors = doors;
            doors.Start();
            _running = doors.RunAsync(_stopping.Token);
        }

        public Doorways Doors { get; }

        public DoorLoop Front => Doors.Doors["front"];

        public async ValueTask DisposeAsync()
        {
            await _stopping.CancelAsync();
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Doors.DisposeAsync();
            _stopping.Dispose();
        }
    }
}
