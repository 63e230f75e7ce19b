using KioskLink.Rules.Doors;
using NodaTime;

namespace KioskLink.Rules.Tests.Doors;

/// <summary>A motor lock stays as it is without power and heats no coil: it may stay unlocked for hours, and is told to lock whenever it may not.</summary>
public class MotorLockTests
{
    private static readonly LockDeclaration Motor = LockDeclaration.FailSecure with { Type = LockType.Motor, ContinuousDuty = false };
    private static readonly LockDeclaration OnHost = Motor with { Pulse = UnlockPulse.Host };

    [Fact]
    public void A_motor_lock_is_free_for_hours_by_a_lease_without_a_coil_that_bears_it()
    {
        var door = DoorRig.Started(Motor);

        Assert.Equal([new UnlockLock(1, DoorMachine.FreeLease)], door.Feed(new CalendarSays(true)));
        Assert.Equal([new RecordDoor(DoorEvent.Free)], door.Feed(new UnlockAcknowledged(1)));
        for (var renewal = 2; renewal < 200; renewal++)
        {
            Assert.Equal([new UnlockLock(renewal, DoorMachine.FreeLease)], door.After(20));
            door.Feed(new UnlockAcknowledged(renewal));
        }

        Assert.Equal(DoorPhase.Free, door.Phase);
    }

    [Theory]
    [InlineData(OutputState.Off)]
    [InlineData(OutputState.On)]
    public void A_motor_lock_may_stay_unlocked_whichever_state_of_its_output_locks_it(OutputState lockedWhen) =>
        Assert.True((Motor with { LockedWhen = lockedWhen }).CanStayUnlocked);

    [Theory]
    [InlineData(LockType.FailSecure)]
    [InlineData(LockType.FailSafe)]
    public void What_a_motor_lock_may_do_a_coil_that_burns_may_not(LockType type) =>
        Assert.Equal([new RecordDoor(DoorEvent.FreeRefused)], DoorRig.Started(Motor with { Type = type }).Feed(new CalendarSays(true)));

    [Fact]
    public void A_motor_lock_that_was_left_unlocked_is_locked_by_the_start()
    {
        var door = DoorRig.Free(Motor);

        Assert.Equal([new LockLock()], door.Feed(new DoorStarted()));
        Assert.Equal(DoorPhase.Locked, door.Phase);
        Assert.Null(door.State.FreeUntil);
    }

    [Fact]
    public void A_grant_moves_a_motor_lock_for_its_time_and_not_for_longer_than_the_lock_allows()
    {
        Assert.Equal([new UnlockLock(1, Duration.FromSeconds(30))], DoorRig.Started(Motor).Feed(new DoorGranted("a", Duration.FromMinutes(5))));
        Assert.Equal([new LockLock()], DoorRig.Unlocked(OnHost).After(3));
    }

    [Fact]
    public void A_motor_lock_that_did_not_answer_is_told_to_lock_and_never_moved_later()
    {
        var door = DoorRig.Started(Motor);
        door.Feed(new DoorGranted("a", Duration.FromSeconds(3)));

        Assert.Equal([new ReportOutcome("a", DoorOutcome.Abandoned), new LockLock()], door.After(2));
        Assert.Equal([new RecordDoor(DoorEvent.LateAcknowledgement), new LockLock()], door.Feed(new UnlockAcknowledged(1)));
        Assert.Empty(door.After(60));
    }

    [Fact]
    public void A_lockdown_and_the_end_of_free_hours_lock_a_motor_lock_at_once()
    {
        Assert.Equal([new LockLock(), new RecordDoor(DoorEvent.Lockdown)], DoorRig.Free(Motor).After(20, new LockdownOrdered()));
        Assert.Equal([new LockLock(), new RecordDoor(DoorEvent.FreeEnded)], DoorRig.Free(Motor).After(20, new CalendarSays(false)));
    }
}
