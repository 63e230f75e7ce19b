using KioskLink.Rules.Doors;
using NodaTime;

namespace KioskLink.Rules.Tests.Doors;

/// <summary>A contact whose line is cut or shorted tells neither open nor closed.</summary>
public class ContactFaultTests
{
    [Fact]
    public void A_lost_contact_is_recorded_once_and_neither_opens_nor_closes_the_door()
    {
        var door = DoorRig.Started(LockDeclaration.FailSecure);

        Assert.Equal([new RecordDoor(DoorEvent.ContactLost)], door.Feed(new ContactLost()));
        Assert.Empty(door.Feed(new ContactLost()));
        Assert.Null(door.State.IsOpen);
        Assert.Equal(DoorPhase.Locked, door.Phase);
    }

    [Fact]
    public void What_the_contact_tells_first_when_it_is_back_makes_no_break_in()
    {
        var door = DoorRig.Started(LockDeclaration.FailSecure);
        door.Feed(new ContactLost());

        Assert.Equal([new RecordDoor(DoorEvent.ContactBack), new RecordDoor(DoorEvent.Opened)], door.After(60, new ContactChanged(true)));
        Assert.Equal([new RecordDoor(DoorEvent.HeldOpen)], door.After(30));
    }

    [Fact]
    public void An_open_door_whose_contact_is_lost_counts_as_held_open_no_more()
    {
        var door = DoorRig.Unlocked(LockDeclaration.FailSecure);
        door.Feed(new ContactChanged(true));
        door.Feed(new ContactLost());

        Assert.DoesNotContain(new RecordDoor(DoorEvent.HeldOpen), door.After(60));
    }

    [Fact]
    public void A_break_in_stands_until_the_contact_tells_that_the_door_is_closed()
    {
        var door = DoorRig.Started(LockDeclaration.FailSecure);
        door.Feed(new ContactChanged(true));
        Assert.Equal(DoorPhase.Forced, door.Phase);

        door.Feed(new ContactLost());
        Assert.Equal(DoorPhase.Forced, door.Phase);
        Assert.Equal([new RecordDoor(DoorEvent.ContactBack), new RecordDoor(DoorEvent.Closed)], door.Feed(new ContactChanged(false)));
        Assert.Equal(DoorPhase.Locked, door.Phase);
    }

    [Fact]
    public void A_lost_contact_keeps_no_card_from_opening_and_nobody_from_leaving()
    {
        var door = DoorRig.Started(LockDeclaration.FailSecure);
        door.Feed(new ContactLost());

        Assert.Equal([new UnlockLock(1, Duration.FromSeconds(3))], door.Feed(new DoorGranted("a", Duration.FromSeconds(3))));
        Assert.Equal([new RecordDoor(DoorEvent.Exit)], door.Feed(new ExitUsed()));
    }
}
