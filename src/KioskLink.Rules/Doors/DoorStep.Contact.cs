using NodaTime;

namespace KioskLink.Rules.Doors;

/// <summary>What follows from the door's contact: opened, closed, forced, held open, and a contact that tells nothing.</summary>
internal sealed partial class DoorStep
{
    private void NoticeHeldOpen()
    {
        if (!State.IsFire && State.HeldOpenAt is { } due && due <= now)
        {
            State = State with { HeldOpenAt = null, IsHeldOpen = true };
            Record(DoorEvent.HeldOpen);
        }
    }

    private void Open()
    {
        if (State.IsOpen is true)
        {
            return;
        }

        var isBreakIn = State.IsOpen is false && !State.IsUnlocked && !State.IsFire && State.ExitsHeld.IsEmpty && !(now < State.QuietUntil);
        FindContact();
        State = State with { IsOpen = true, IsForced = isBreakIn || (State.IsForced && State.IsOpen is null) };
        Record(isBreakIn ? DoorEvent.Forced : DoorEvent.Opened);
        WatchOpenDoor();
        Relock(RelockMode.OnOpen);
    }

    private void Close()
    {
        FindContact();
        if (State.IsOpen is true || State.IsForced || State.IsHeldOpen)
        {
            Record(DoorEvent.Closed);
        }

        if (State.IsOpen is true)
        {
            Relock(RelockMode.OnClose);
        }

        State = State with { IsOpen = false, IsForced = false, IsHeldOpen = false, HeldOpenAt = null, Patience = State.UnlockedUntil is null ? 1 : State.Patience };
    }

    // What it told before counts no longer; what was wrong with the door stays so until the contact tells better.
    private void LoseContact()
    {
        if (State.IsContactLost)
        {
            return;
        }

        State = State with { IsContactLost = true, IsOpen = null, HeldOpenAt = null };
        Record(DoorEvent.ContactLost);
    }

    private void FindContact()
    {
        if (State.IsContactLost)
        {
            State = State with { IsContactLost = false };
            Record(DoorEvent.ContactBack);
        }
    }

    private void WatchOpenDoor()
    {
        if (State.IsOpen is true && State.FreeUntil is null)
        {
            State = State with { HeldOpenAt = Instant.Max(now, State.UnlockedUntil ?? now) + (State.HeldOpenAfter * State.Patience) };
        }
    }

    // Whoever is let in at the open door has the door's time anew, unless it stands open for too long already.
    private void WatchAnew()
    {
        if (State.HeldOpenAt is not null)
        {
            WatchOpenDoor();
        }
    }

    // An unlock that is still on its way is left to its timer: locking now would overtake it.
    private void Relock(RelockMode mode)
    {
        if (State.Declaration.Relock == mode && State.UnlockedUntil is not null && State.FreeUntil is null && State.Pending.IsEmpty)
        {
            // Free hours go on where their lease is only waited for.
            var renewal = State.RenewAt;
            LockNow();
            State = State with { RenewAt = renewal };
        }
    }
}
