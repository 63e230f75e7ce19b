using KioskLink.Devices.Readers;
using KioskLink.Node.Doors;
using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Doors;
using KioskLink.Testing;
using DecisionCode = KioskLink.Rules.Access.DecisionCode;

namespace KioskLink.Node.Tests.Doors;

/// <summary>Doors over a real pty: what moves the lock of the virtual I/O module, and what does not.</summary>
public sealed class DoorwayTests
{
    [Fact]
    public async Task A_second_card_at_an_open_door_is_decided_and_recorded_on_its_own()
    {
        await using var door = new Doorstep { Decide = presentation => Task.FromResult(Doorstep.Decided(presentation, DecisionCode.GrantedBadge)) };
        await door.StartAsync();
        door.Reader.PresentCard(Doorstep.Badge);
        var first = await OutcomeAsync(door);
        door.Module.SetInput(0, true);
        await door.Journal.NextWhere(record => record.Detail == "opened", "the open door");

        door.Reader.PresentCard(Doorstep.Badge);

        var second = await OutcomeAsync(door);
        Assert.Equal((Outcome.Unlocked, Outcome.Unlocked), (first.Outcome, second.Outcome));
        Assert.NotEqual(first.AttemptId, second.AttemptId);
    }

    [Fact]
    public async Task A_lock_that_does_not_answer_is_abandoned_recorded_and_never_moved_later()
    {
        await using var door = new Doorstep();
        await door.StartAsync();
        door.Module.PowerOff();

        door.Reader.PresentCard(Doorstep.Card);
        door.Reader.TypeKeys("1234");

        Assert.Equal(Outcome.Abandoned, (await OutcomeAsync(door)).Outcome);
        await Patience.Until(() => door.Reader.Light == LedColor.Red, "red");
        await Patience.Until(() => door.Reader.Text == "Ovi ei auennut, yritä uudelleen", "the advice");
        door.Module.PowerOn();
        await door.ReadyAsync();
        Assert.DoesNotContain((0, true), door.Relay.Drain());
    }

    [Fact]
    public async Task A_lockdown_that_begins_after_the_decision_still_keeps_the_door_locked()
    {
        await using var door = new Doorstep();
        door.Decide = presentation =>
        {
            door.Doorways.Doors["front"].Post(new LockdownOrdered());
            return Task.FromResult(Doorstep.Decided(presentation, DecisionCode.Granted));
        };
        await door.StartAsync();

        door.Reader.PresentCard(Doorstep.Card);
        door.Reader.TypeKeys("1234");

        Assert.Equal(Outcome.NotMoved, (await OutcomeAsync(door)).Outcome);
        Assert.Equal(DoorPhase.Lockdown, door.Doorways.Doors["front"].Phase);
        Assert.False(door.Relay.Any);
    }

    [Fact]
    public async Task A_lockdown_outlives_a_restart()
    {
        await using var door = new Doorstep();
        door.Doorways.Lockdown.Begin(["front"]);

        await using var restarted = door.Open();

        Assert.True(restarted.Lockdown.Holds("front"));
        restarted.Lockdown.Release(["front"]);
        await using var again = door.Open();
        Assert.False(again.Lockdown.Holds("front"));
    }

    [Fact]
    public async Task A_free_door_is_unlocked_on_a_lease_and_locked_when_the_calendar_says_so()
    {
        await using var door = new Doorstep();
        await door.StartAsync();

        door.Doorways.SetFree(true);
        Assert.Equal((0, true), await door.Relay.Next("the free door"));
        await Patience.Until(() => door.Doorways.Doors["front"].Phase == DoorPhase.Free, "the free door's state");
        door.Doorways.SetFree(false);

        Assert.Equal((0, false), await door.Relay.Next("the locked door"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Staff_counts_as_come_only_by_a_clock_that_can_be_relied_on(bool trusted)
    {
        await using var door = new Doorstep
        {
            ClockTrusted = trusted,
            Decide = presentation => Task.FromResult(Doorstep.Decided(presentation, DecisionCode.GrantedBadge)),
        };
        await door.StartAsync();

        door.Reader.PresentCard(Doorstep.Badge);

        Assert.Equal(Outcome.Unlocked, (await OutcomeAsync(door)).Outcome);
        Assert.Equal(trusted, door.Doorways.Staff.IsPresent(door.Now));
    }

    [Fact]
    public async Task A_door_that_is_opened_while_locked_is_an_alarm_and_one_left_by_its_exit_button_is_none()
    {
        await using var door = new Doorstep();
        await door.StartAsync();
        await Patience.Until(() => door.Doorways.Doors["front"].Standing.IsClosed, "the closed door");
        door.Over.Drain();
        door.Module.SetInput(0, true);
        await door.Alarms.NextWhere(sentence => sentence == DoorWords.Alarm("front", DoorEvent.Forced), "the alarm");
        door.Module.SetInput(0, false);
        await door.Over.NextWhere(subject => subject == DoorWords.Subject("front", DoorEvent.Forced), "its end");
        await door.Journal.NextWhere(record => record.Detail == "closed", "the closed door");

        door.Module.SetInput(1, true);
        await door.Journal.NextWhere(record => record.Detail == "exit used", "the exit button");
        door.Module.SetInput(0, true);
        await door.Journal.NextWhere(record => record.Detail == "opened", "the open door");
        door.Module.SetInput(0, false);
        await door.Journal.NextWhere(record => record.Detail == "closed", "the closed door");

        Assert.Equal(DoorPhase.Locked, door.Doorways.Doors["front"].Phase);
        Assert.DoesNotContain(DoorWords.Alarm("front", DoorEvent.Forced), door.Alarms.Drain());
    }

    [Fact]
    public async Task A_door_that_is_held_open_is_an_alarm_until_it_is_closed()
    {
        await using var door = new Doorstep(change: config => config with { Doors = [config.Doors[0] with { HeldOpenAfter = TimeSpan.FromMilliseconds(200) }] });
        await door.StartAsync();
        door.Module.SetInput(1, true);
        await door.Journal.NextWhere(record => record.Detail == "exit used", "the exit button");

        door.Module.SetInput(0, true);

        await door.Alarms.NextWhere(sentence => sentence == DoorWords.Alarm("front", DoorEvent.HeldOpen), "the alarm");
        door.Over.Drain();
        door.Module.SetInput(0, false);
        await door.Over.NextWhere(subject => subject == DoorWords.Subject("front", DoorEvent.HeldOpen), "its end");
    }

    [Fact]
    public async Task A_port_that_is_missing_at_the_start_is_waited_for()
    {
        await using var door = new Doorstep(pluggedIn: false);
        await door.StartAsync();
        Assert.Contains(door.LinePath, await door.Alarms.Next("the alarm about the port"), StringComparison.Ordinal);

        door.Line.Replug();

        await door.ReadyAsync();
        door.Reader.PresentCard(Doorstep.Badge);
        Assert.Equal(Doorstep.Badge, (await door.Presented.Next("the badge")).Card);
    }

    [Fact]
    public async Task A_port_that_another_process_holds_stops_the_start_with_one_sentence()
    {
        await using var door = new Doorstep();
        await door.StartAsync();
        await using var second = door.Open();

        var problem = Assert.Throws<StartProblem>(second.Start);

        Assert.Contains(door.LinePath, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_locks_of_a_door_are_driven_by_the_limits_of_the_one_that_bears_less()
    {
        var strike = new OutputConfig { Device = "io", Output = 0, ContinuousDuty = true, MaxUnlock = TimeSpan.FromSeconds(30) };

        var declared = DoorWiring.Declare([strike, strike with { Output = 1, ContinuousDuty = false, MaxUnlock = TimeSpan.FromSeconds(5), Pulse = PulseTimer.Host }]);

        Assert.Equal((NodaTime.Duration.FromSeconds(5), UnlockPulse.Host, false), (declared.MaxUnlock, declared.Pulse, declared.CanStayUnlocked));
    }

    [Fact]
    public void A_motor_lock_may_stay_unlocked_as_node_json_declares_it_but_not_beside_a_strike_that_may_not()
    {
        var motor = new OutputConfig { Device = "io", Output = 0, Type = KioskLink.Node.Hosting.Wiring.LockType.Motor, ContinuousDuty = false };
        var strike = motor with { Output = 1, Type = KioskLink.Node.Hosting.Wiring.LockType.FailSecure };

        Assert.Equal((KioskLink.Rules.Doors.LockType.Motor, true), (DoorWiring.Declare([motor]).Type, DoorWiring.Declare([motor]).CanStayUnlocked));
        Assert.False(DoorWiring.Declare([motor, strike]).CanStayUnlocked);
    }

    [Theory]
    [InlineData("Timer")]
    [InlineData("OnOpen")]
    [InlineData("OnClose")]
    public void A_lock_is_locked_again_when_node_json_says(string when)
    {
        var strike = new OutputConfig { Device = "io", Output = 0, Relock = Enum.Parse<Relock>(when) };

        Assert.Equal(Enum.Parse<RelockMode>(when), DoorWiring.Declare([strike]).Relock);
    }

    [Fact]
    public void A_door_without_a_lock_stops_the_start()
    {
        var problem = Assert.Throws<StartProblem>(() => DoorWiring.LocksOf(new DoorConfig { Id = "front" }));

        Assert.Contains("front", problem.Message, StringComparison.Ordinal);
    }

    private static Task<RecordOpen> OutcomeAsync(Doorstep door) => door.Journal.NextWhere(record => record.Kind == RecordKind.Outcome, "the outcome");
}
