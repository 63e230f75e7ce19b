using KioskLink.Rules.Doors;
using KioskLink.Rules.Premises;
using NodaTime;

namespace KioskLink.Rules.Tests.Doors;

public class DoorMachineTests
{
    private static readonly LockDeclaration OnBoard = LockDeclaration.FailSecure;
    private static readonly LockDeclaration OnHost = OnBoard with { Pulse = UnlockPulse.Host };

    [Fact]
    public void Free_hours_go_on_though_the_door_relocks_behind_somebody_while_their_lease_is_waited_for()
    {
        var door = DoorRig.Unlocked(OnBoard with { Relock = RelockMode.OnOpen });
        door.Feed(new CalendarSays(true));
        door.Feed(new UnlockRefused(2));

        Assert.Contains(new LockLock(), door.Feed(new ContactChanged(true)));
        Assert.Equal([new UnlockLock(3, DoorMachine.FreeLease)], door.After(2));
    }

    [Fact]
    public void A_start_goes_to_locked_and_then_to_what_the_calendar_says()
    {
        var door = new DoorRig(OnBoard);
        Assert.Equal([new LockLock()], door.Feed(new DoorStarted()));
        Assert.Equal(DoorPhase.Locked, door.Phase);
        Assert.Equal([new UnlockLock(1, DoorMachine.FreeLease)], door.Feed(new CalendarSays(true)));
        Assert.Equal([new RecordDoor(DoorEvent.Free)], door.Feed(new UnlockAcknowledged(1)));
        Assert.Equal(DoorPhase.Free, door.Phase);
    }

    [Fact]
    public void A_grant_unlocks_once_for_its_time_and_reports_when_the_board_has_it()
    {
        var door = DoorRig.Started(OnBoard);
        Assert.Equal([new UnlockLock(1, Duration.FromSeconds(3))], door.Feed(Grant("a")));
        Assert.Equal([new ReportOutcome("a", DoorOutcome.Unlocked)], door.Feed(new UnlockAcknowledged(1)));
        Assert.Equal(DoorPhase.Unlocked, door.Phase);
        Assert.Empty(door.After(3));
        Assert.Equal(DoorPhase.Locked, door.Phase);
    }

    [Fact]
    public void A_lock_that_the_host_times_is_locked_by_the_host()
    {
        var door = DoorRig.Unlocked(OnHost);
        Assert.Equal([new LockLock()], door.After(3));
    }

    [Fact]
    public void No_grant_unlocks_for_longer_than_the_lock_allows() =>
        Assert.Equal(
            [new UnlockLock(1, Duration.FromSeconds(30))],
            DoorRig.Started(OnBoard).Feed(new DoorGranted("a", Duration.FromMinutes(5))));

    [Fact]
    public void An_unlock_that_is_not_acknowledged_is_abandoned_locked_and_never_sent_again()
    {
        var door = DoorRig.Started(OnBoard);
        door.Feed(Grant("a"));
        Assert.Equal(DoorRig.Start + DoorMachine.AcknowledgeWithin, door.State.NextDue);
        Assert.Equal([new ReportOutcome("a", DoorOutcome.Abandoned), new LockLock()], door.After(2));
        Assert.Empty(door.After(60));
    }

    [Fact]
    public void A_late_acknowledgement_locks_again()
    {
        var door = DoorRig.Started(OnBoard);
        door.Feed(Grant("a"));
        door.After(2);
        Assert.Equal([new RecordDoor(DoorEvent.LateAcknowledgement), new LockLock()], door.Feed(new UnlockAcknowledged(1)));
        Assert.Equal(DoorPhase.Locked, door.Phase);
    }

    [Fact]
    public void A_board_that_refuses_ends_the_attempt_at_once()
    {
        var door = DoorRig.Started(OnBoard);
        door.Feed(Grant("a"));
        Assert.Equal([new ReportOutcome("a", DoorOutcome.Abandoned), new LockLock()], door.Feed(new UnlockRefused(1)));
    }

    [Theory]
    [InlineData(RelockMode.Timer, false, false)]
    [InlineData(RelockMode.OnOpen, true, false)]
    [InlineData(RelockMode.OnClose, false, true)]
    public void The_lock_falls_back_as_declared(RelockMode mode, bool onOpen, bool onClose)
    {
        var door = DoorRig.Unlocked(OnBoard with { Relock = mode });
        Assert.Equal(onOpen, door.Feed(new ContactChanged(true)).Contains(new LockLock()));
        Assert.Equal(onClose, door.Feed(new ContactChanged(false)).Contains(new LockLock()));
        Assert.Equal(mode == RelockMode.Timer ? DoorPhase.Unlocked : DoorPhase.Locked, door.Phase);
    }

    [Fact]
    public void A_second_card_at_an_open_door_has_an_unlock_and_an_outcome_of_its_own()
    {
        var door = DoorRig.Unlocked(OnBoard);
        door.Feed(new ContactChanged(true));
        Assert.Equal([new UnlockLock(2, Duration.FromSeconds(3))], door.Feed(Grant("b")));
        Assert.Equal([new ReportOutcome("b", DoorOutcome.Unlocked)], door.Feed(new UnlockAcknowledged(2)));
        Assert.Equal(DoorPhase.Open, door.Phase);
    }

    [Fact]
    public void A_shorter_grant_does_not_cut_off_a_longer_one()
    {
        var door = DoorRig.Started(OnBoard);
        door.Feed(new DoorGranted("a", Duration.FromSeconds(20)));
        door.Feed(new UnlockAcknowledged(1));
        door.After(5);
        Assert.Equal([new UnlockLock(2, Duration.FromSeconds(15))], door.Feed(Grant("b")));
    }

    [Fact]
    public void A_door_opened_while_it_is_locked_is_forced()
    {
        var door = DoorRig.Started(OnBoard);
        var record = Assert.IsType<RecordDoor>(Assert.Single(door.Feed(new ContactChanged(true))));
        Assert.Equal((DoorEvent.Forced, true), (record.Event, record.IsAlarm));
        Assert.Equal(DoorPhase.Forced, door.Phase);
        door.Feed(new ContactChanged(false));
        Assert.Equal(DoorPhase.Locked, door.Phase);
    }

    [Fact]
    public void Exit_and_fire_suppress_the_forced_alarm()
    {
        var exit = DoorRig.Started(OnBoard);
        exit.Feed(new ExitUsed());
        Assert.Equal([new RecordDoor(DoorEvent.Opened)], exit.Feed(new ContactChanged(true)));

        var fire = DoorRig.Started(OnBoard);
        fire.Feed(new FireChanged(true));
        fire.After(3600);
        Assert.Equal([new RecordDoor(DoorEvent.Opened)], fire.Feed(new ContactChanged(true)));
        Assert.DoesNotContain(new RecordDoor(DoorEvent.HeldOpen), fire.After(3600));
    }

    [Fact]
    public void An_exit_of_long_ago_excuses_nothing()
    {
        var door = DoorRig.Started(OnBoard);
        door.Feed(new ExitUsed());
        door.After(10);
        Assert.Equal([new RecordDoor(DoorEvent.Forced)], door.Feed(new ContactChanged(true)));
    }

    [Fact]
    public void A_broken_glass_lets_people_out_until_it_is_reset_and_a_button_beside_it_ends_nothing()
    {
        var door = DoorRig.Started(OnBoard);
        door.Feed(new ExitUsed("glass"));
        door.After(60, new ExitUsed("button"));
        door.Feed(new ExitEnded("button"));
        Assert.Equal([new RecordDoor(DoorEvent.Opened)], door.After(60, new ContactChanged(true)));
        Assert.True(DoorStanding.Of(door.State, DoorRig.Start + Duration.FromSeconds(120)).IsLeaving);
        door.Feed(new ContactChanged(false));

        door.Feed(new ExitEnded("glass"));
        Assert.Equal([new RecordDoor(DoorEvent.Forced)], door.After(11, new ContactChanged(true)));
    }

    [Fact]
    public void A_door_found_open_at_the_start_is_not_forced()
    {
        var door = new DoorRig(OnBoard);
        door.Feed(new DoorStarted());
        Assert.Equal([new RecordDoor(DoorEvent.Opened)], door.Feed(new ContactChanged(true)));
        Assert.Contains(new RecordDoor(DoorEvent.HeldOpen), door.After(30));
    }

    [Fact]
    public void An_open_door_is_held_open_30_s_after_its_unlock_ended()
    {
        var door = DoorRig.Unlocked(OnBoard);
        door.Feed(new ContactChanged(true));
        Assert.Empty(door.After(32));
        Assert.Equal([new RecordDoor(DoorEvent.HeldOpen)], door.After(1));
        Assert.Equal(DoorPhase.HeldOpen, door.Phase);
        Assert.Empty(door.After(600));
    }

    [Fact]
    public void A_free_door_lives_on_leases_and_is_locked_when_the_hours_end()
    {
        var door = DoorRig.Free(OnBoard);
        Assert.Equal([new UnlockLock(2, DoorMachine.FreeLease)], door.After(20));
        Assert.Empty(door.Feed(new UnlockAcknowledged(2)));
        Assert.Empty(door.After(19));
        Assert.Equal([new LockLock(), new RecordDoor(DoorEvent.FreeEnded)], door.Feed(new CalendarSays(false)));
        Assert.Empty(door.After(600));
    }

    [Fact]
    public void A_lease_that_falls_due_when_it_ends_is_not_renewed_first()
    {
        Assert.Equal([new LockLock(), new RecordDoor(DoorEvent.FreeEnded)], DoorRig.Free(OnBoard).After(20, new CalendarSays(false)));
        Assert.Equal([new LockLock(), new RecordDoor(DoorEvent.Lockdown)], DoorRig.Free(OnBoard).After(20, new LockdownOrdered()));
    }

    [Fact]
    public void A_free_door_whose_board_is_silent_asks_anew_and_falls_back_to_locked()
    {
        var door = DoorRig.Free(OnBoard);
        Assert.Equal([new UnlockLock(2, DoorMachine.FreeLease)], door.After(20));
        Assert.Empty(door.After(2));
        Assert.Equal([new UnlockLock(3, DoorMachine.FreeLease)], door.After(2));
        Assert.Contains(new RecordDoor(DoorEvent.FreeLapsed), door.After(6));
        Assert.Equal(DoorPhase.Locked, door.Phase);
    }

    [Fact]
    public void A_card_at_a_free_door_does_not_shorten_its_lease()
    {
        var door = DoorRig.Free(OnBoard);
        Assert.Equal([new UnlockLock(2, DoorMachine.FreeLease)], door.Feed(Grant("a")));
    }

    [Fact]
    public void People_come_and_go_through_a_free_door_without_alarms()
    {
        var door = DoorRig.Free(OnBoard);
        Assert.Equal([new RecordDoor(DoorEvent.Opened)], door.Feed(new ContactChanged(true)));
        Assert.Equal(DoorPhase.Free, door.Phase);
        Assert.Equal([new RecordDoor(DoorEvent.Closed)], door.Feed(new ContactChanged(false)));
    }

    [Fact]
    public void A_lock_whose_coil_would_burn_is_not_kept_unlocked()
    {
        var door = DoorRig.Started(OnBoard with { ContinuousDuty = false });
        Assert.Equal([new RecordDoor(DoorEvent.FreeRefused)], door.Feed(new CalendarSays(true)));
        Assert.Equal([new UnlockLock(1, Duration.FromSeconds(3))], door.Feed(Grant("a")));
        Assert.True((OnBoard with { ContinuousDuty = false, Type = LockType.FailSafe, LockedWhen = OutputState.On }).CanStayUnlocked);
    }

    [Fact]
    public void A_lockdown_takes_every_unlock_back_and_lets_only_its_badges_in()
    {
        var door = DoorRig.Free(OnBoard);
        door.Feed(Grant("a"));
        Assert.Equal(
            [new ReportOutcome("a", DoorOutcome.Abandoned), new LockLock(), new RecordDoor(DoorEvent.Lockdown)],
            door.Feed(new LockdownOrdered()));
        Assert.Equal([new ReportOutcome("b", DoorOutcome.NotMoved)], door.Feed(Grant("b")));
        Assert.Equal([new UnlockLock(3, Duration.FromSeconds(3))], door.Feed(new DoorGranted("c", Duration.FromSeconds(3), PassesLockdown: true)));
        Assert.Equal(DoorPhase.Lockdown, door.Phase);
    }

    [Fact]
    public void After_a_lockdown_the_door_is_what_the_calendar_says()
    {
        var door = DoorRig.Started(OnBoard);
        door.Feed(new LockdownOrdered());
        Assert.Empty(door.Feed(new CalendarSays(true)));
        Assert.Equal([new RecordDoor(DoorEvent.LockdownEnded), new UnlockLock(1, DoorMachine.FreeLease)], door.Feed(new LockdownReleased()));
    }

    [Fact]
    public void More_unlocks_than_the_board_can_answer_are_not_sent()
    {
        var door = DoorRig.Started(OnBoard);
        for (var i = 0; i < DoorMachine.MaxPending; i++)
        {
            Assert.IsType<UnlockLock>(Assert.Single(door.Feed(Grant($"{i}"))));
        }

        Assert.Equal([new ReportOutcome("more", DoorOutcome.NotMoved)], door.Feed(Grant("more")));
    }

    private static DoorGranted Grant(string attemptId) => new(attemptId, Duration.FromSeconds(3));
}
