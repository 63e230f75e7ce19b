using KioskLink.Rules.Doors;
using NodaTime;

namespace KioskLink.Rules.Tests.Doors;

/// <summary>A motor that pushes the leaf: after the bolt, never against it, and never in the way of those who leave.</summary>
public class OpenerTests
{
    private static readonly OpenerDeclaration Opener = new(Duration.FromSeconds(1), Duration.FromSeconds(1));
    private static readonly OpenerDeclaration ExitOpener = Opener with { OnExit = true };
    private static readonly PushDoor Push = new(0, Duration.FromSeconds(1));

    [Fact]
    public void An_opener_pushes_its_delay_after_the_lock_has_acknowledged()
    {
        var door = DoorRig.Started(LockDeclaration.FailSecure, Opener);
        door.Feed(new DoorGranted("a", Duration.FromSeconds(5)));
        Assert.Empty(door.After(1));
        Assert.DoesNotContain(Push, door.Feed(new UnlockAcknowledged(1)));

        Assert.Equal(DoorRig.Start + Duration.FromSeconds(2), door.State.NextDue);
        Assert.Equal([Push], door.After(1));
        Assert.Empty(door.After(1));
    }

    [Fact]
    public void A_start_stops_what_the_program_before_it_has_left_pushing()
    {
        var door = DoorRig.Unlocked(LockDeclaration.FailSecure, Opener);
        Assert.Equal([Push], door.After(1));

        Assert.Equal([new LockLock(), new StopPushing()], door.Feed(new DoorStarted()));
    }

    [Fact]
    public void A_second_leaf_is_pushed_after_its_own_delay()
    {
        var door = DoorRig.Unlocked(LockDeclaration.FailSecure, Opener, Opener with { Delay = Duration.FromSeconds(2) });

        Assert.Equal([Push], door.After(1));
        Assert.Equal([Push with { Opener = 1 }], door.After(1));
    }

    [Fact]
    public void A_lock_that_does_not_acknowledge_is_not_pushed_against()
    {
        var door = DoorRig.Started(LockDeclaration.FailSecure, Opener);
        door.Feed(new DoorGranted("a", Duration.FromSeconds(5)));

        Assert.DoesNotContain(door.After(2), effect => effect is PushDoor);
        Assert.DoesNotContain(door.After(3), effect => effect is PushDoor);
    }

    [Fact]
    public void A_push_ends_with_the_unlock_counted_from_its_command()
    {
        var door = DoorRig.Started(LockDeclaration.FailSecure, Opener with { Pulse = Duration.FromSeconds(10) });
        door.Feed(new DoorGranted("a", Duration.FromSeconds(3)));
        door.After(1, new UnlockAcknowledged(1));

        Assert.Equal([new PushDoor(0, Duration.FromSeconds(1))], door.After(1));
    }

    [Fact]
    public void A_delay_longer_than_the_unlock_pushes_nothing()
    {
        var door = DoorRig.Unlocked(LockDeclaration.FailSecure, Opener with { Delay = Duration.FromSeconds(3) });

        Assert.DoesNotContain(door.After(3), effect => effect is PushDoor);
    }

    [Fact]
    public void Two_who_are_let_in_before_the_leaf_moves_get_one_push_and_one_who_comes_to_the_open_door_another()
    {
        var door = DoorRig.Unlocked(LockDeclaration.FailSecure, Opener);
        door.Feed(new DoorGranted("b", Duration.FromSeconds(5)));
        door.Feed(new UnlockAcknowledged(2));
        Assert.Equal([Push], door.After(1));
        door.Feed(new ContactChanged(true));

        door.Feed(new DoorGranted("c", Duration.FromSeconds(5)));
        door.Feed(new UnlockAcknowledged(3));

        Assert.Equal([Push], door.After(1));
    }

    [Fact]
    public void A_lockdown_stops_a_push_and_those_to_come()
    {
        var door = DoorRig.Unlocked(LockDeclaration.FailSecure, Opener, Opener with { Delay = Duration.FromSeconds(2) });
        door.After(1);

        var effects = door.Feed(new LockdownOrdered());

        Assert.Contains(new StopPushing(), effects);
        Assert.DoesNotContain(door.After(1), effect => effect is PushDoor);
    }

    [Fact]
    public void A_lease_of_free_hours_pushes_nothing_and_a_card_shown_then_does()
    {
        var door = DoorRig.Free(LockDeclaration.FailSecure, Opener);
        Assert.DoesNotContain(door.After(1), effect => effect is PushDoor);

        door.Feed(new DoorGranted("a", Duration.FromSeconds(5)));
        door.Feed(new UnlockAcknowledged(2));

        Assert.Equal([Push], door.After(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whoever_leaves_is_helped_only_where_the_exit_buttons_wiring_opens_the_lock(bool isWired)
    {
        var door = DoorRig.Started(LockDeclaration.FailSecure, isWired ? ExitOpener : Opener);
        door.Feed(new ExitUsed());

        Assert.Equal(isWired ? [Push] : [], door.After(1));
    }

    [Fact]
    public void Whoever_leaves_in_a_lockdown_is_helped_too()
    {
        var door = DoorRig.Started(LockDeclaration.FailSecure, ExitOpener);
        door.Feed(new LockdownOrdered());
        door.Feed(new ExitUsed());

        Assert.Equal([Push], door.After(1));
    }

    [Fact]
    public void In_a_fire_no_opener_moves_and_one_that_pushes_is_stopped()
    {
        var door = DoorRig.Unlocked(LockDeclaration.FailSecure, ExitOpener);

        Assert.Contains(new StopPushing(), door.Feed(new FireChanged(true)));
        door.Feed(new ExitUsed());
        door.Feed(new DoorGranted("b", Duration.FromSeconds(5)));
        door.Feed(new UnlockAcknowledged(2));

        Assert.DoesNotContain(door.After(1), effect => effect is PushDoor);
    }

    [Theory]
    [InlineData(OperatorMode.Automatic, OperatorMode.ExitOnly, OperatorMode.Automatic)]
    [InlineData(OperatorMode.HoldOpen, OperatorMode.ExitOnly, OperatorMode.HoldOpen)]
    [InlineData(OperatorMode.ExitOnly, OperatorMode.ExitOnly, OperatorMode.ExitOnly)]
    [InlineData(OperatorMode.Off, OperatorMode.Off, OperatorMode.Off)]
    public void An_operator_opens_by_itself_from_outside_only_while_the_door_is_free(OperatorMode wanted, OperatorMode locked, OperatorMode free)
    {
        var door = DoorRig.Free(LockDeclaration.FailSecure);

        Assert.Equal(locked, OperatorModes.Of(wanted, DoorRig.Started(LockDeclaration.FailSecure).State, people: 0, DoorRig.Start));
        Assert.Equal(free, OperatorModes.Of(wanted, door.State, people: 0, DoorRig.Start));
        door.Feed(new LockdownOrdered());
        Assert.Equal(locked, OperatorModes.Of(wanted, door.State, people: 0, DoorRig.Start));
    }

    [Fact]
    public void An_operator_is_off_only_when_nobody_is_inside_leaves_or_flees()
    {
        var door = DoorRig.Started(LockDeclaration.FailSecure);
        Assert.Equal(OperatorMode.ExitOnly, OperatorModes.Of(OperatorMode.Off, door.State, people: 1, DoorRig.Start));
        door.Feed(new ExitUsed());
        Assert.Equal(OperatorMode.ExitOnly, OperatorModes.Of(OperatorMode.Off, door.State, people: 0, DoorRig.Start));
        Assert.Equal(OperatorMode.Off, OperatorModes.Of(OperatorMode.Off, door.State, people: 0, DoorRig.Start + DoorMachine.ExitGrace));
        door.Feed(new FireChanged(true));
        Assert.Equal(OperatorMode.ExitOnly, OperatorModes.Of(OperatorMode.Off, door.State, people: 0, DoorRig.Start + DoorMachine.ExitGrace));
    }

    [Fact]
    public void In_a_fire_no_operator_holds_a_door_open()
    {
        var door = DoorRig.Free(LockDeclaration.FailSecure);
        door.Feed(new FireChanged(true));

        Assert.Equal(OperatorMode.ExitOnly, OperatorModes.Of(OperatorMode.HoldOpen, door.State, people: 0, DoorRig.Start));
    }
}
