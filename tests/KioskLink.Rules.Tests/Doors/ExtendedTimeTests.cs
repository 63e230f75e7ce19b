using KioskLink.Rules.Doors;
using KioskLink.Rules.Premises;
using NodaTime;

namespace KioskLink.Rules.Tests.Doors;

/// <summary>Those who are given more time: the door may stand open for longer, for them and until it is closed.</summary>
public class ExtendedTimeTests
{
    private static readonly RecordDoor HeldOpen = new(DoorEvent.HeldOpen);

    [Fact]
    public void The_door_may_stand_open_twice_as_long_for_whoever_is_given_twice_the_time_and_for_the_next_as_usual()
    {
        var door = DoorRig.Started(LockDeclaration.FailSecure);
        Enter(door, 1, patience: 2);
        Assert.DoesNotContain(HeldOpen, door.After(6 + 59));
        Assert.Contains(HeldOpen, door.After(1));
        door.Feed(new ContactChanged(false));

        Enter(door, 2, patience: 1);
        Assert.Contains(HeldOpen, door.After(6 + 30));
    }

    [Fact]
    public void Time_that_nobody_used_is_not_the_next_ones()
    {
        var door = DoorRig.Started(LockDeclaration.FailSecure);
        door.Feed(new DoorGranted("1", Duration.FromSeconds(6), Patience: 2));
        door.Feed(new UnlockAcknowledged(1));
        door.After(7);

        Enter(door, 2, patience: 1);
        Assert.Contains(HeldOpen, door.After(6 + 30));
    }

    [Fact]
    public void Whoever_is_let_in_at_the_open_door_has_its_time_anew()
    {
        var door = DoorRig.Started(LockDeclaration.FailSecure);
        Enter(door, 1, patience: 1);
        door.After(20);
        door.Feed(new DoorGranted("2", Duration.FromSeconds(6)));
        door.Feed(new UnlockAcknowledged(2));

        Assert.DoesNotContain(HeldOpen, door.After(6 + 29));
        Assert.Contains(HeldOpen, door.After(1));
    }

    [Fact]
    public void The_locks_own_limit_caps_the_longer_unlock()
    {
        var door = DoorRig.Started(LockDeclaration.FailSecure);

        Assert.Equal([new UnlockLock(1, Duration.FromSeconds(30))], door.Feed(new DoorGranted("1", Duration.FromSeconds(40), Patience: 2)));
    }

    [Fact]
    public void A_door_that_stands_open_for_them_is_suspected_of_nobody_so_soon()
    {
        var watch = new TailgateWatch(Duration.FromSeconds(15)).Granted(DoorRig.Start, patience: 2).Opened(DoorRig.Start);
        Assert.Equal(DoorRig.Start + Duration.FromSeconds(30), watch.DueAt);

        var next = watch.Closed().Granted(DoorRig.Start + Duration.FromSeconds(60)).Opened(DoorRig.Start + Duration.FromSeconds(60));
        Assert.Equal(DoorRig.Start + Duration.FromSeconds(75), next.DueAt);
    }

    private static void Enter(DoorRig door, int command, double patience)
    {
        door.Feed(new DoorGranted($"{command}", Duration.FromSeconds(6), Patience: patience));
        door.Feed(new UnlockAcknowledged(command));
        door.Feed(new ContactChanged(true));
    }
}
