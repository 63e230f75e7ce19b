using NodaTime;

namespace KioskLink.Rules.Doors;

/// <summary>Something that the door's shell does.</summary>
public abstract record DoorEffect;

/// <summary>Unlock once; answer with <see cref="UnlockAcknowledged"/> or <see cref="UnlockRefused"/>, and never send it again.</summary>
/// <param name="Command">Number of the command, never used twice.</param>
/// <param name="For">For how long: the board's timer, or only told where the host ends it.</param>
public sealed record UnlockLock(long Command, Duration For) : DoorEffect;

/// <summary>Lock; may be sent again until the board has it.</summary>
public sealed record LockLock : DoorEffect;

/// <summary>Have an opener push the leaf; sent once, and nothing waits for its answer.</summary>
/// <param name="Opener">The opener, from 0.</param>
/// <param name="For">For how long: the board's timer.</param>
public sealed record PushDoor(int Opener, Duration For) : DoorEffect;

/// <summary>No opener pushes any more.</summary>
public sealed record StopPushing : DoorEffect;

/// <summary>What became of an attempt.</summary>
/// <param name="AttemptId">The attempt.</param>
/// <param name="Outcome">The outcome.</param>
public sealed record ReportOutcome(string AttemptId, DoorOutcome Outcome) : DoorEffect;

/// <summary>Something for the journal.</summary>
/// <param name="Event">What happened.</param>
public sealed record RecordDoor(DoorEvent Event) : DoorEffect
{
    /// <summary>Whether somebody must look at it.</summary>
    public bool IsAlarm => Event
        is DoorEvent.Forced or DoorEvent.HeldOpen or DoorEvent.FreeRefused or DoorEvent.FreeLapsed or DoorEvent.LateAcknowledgement;
}

/// <summary>What became of a grant at the lock; the numbers are those of the wire.</summary>
public enum DoorOutcome
{
    /// <summary>The lock was not moved.</summary>
    NotMoved = 1,

    /// <summary>The lock acknowledged the unlock.</summary>
    Unlocked = 2,

    /// <summary>The unlock was not acknowledged in time, or taken back; it is never sent again.</summary>
    Abandoned = 3,
}

/// <summary>What a door's record tells.</summary>
public enum DoorEvent
{
    /// <summary>The door was opened.</summary>
    Opened,

    /// <summary>The door was closed.</summary>
    Closed,

    /// <summary>The door stands open for too long.</summary>
    HeldOpen,

    /// <summary>The door was opened while it was locked.</summary>
    Forced,

    /// <summary>The exit button or the inside handle was used.</summary>
    Exit,

    /// <summary>The fire panel gave an alarm.</summary>
    Fire,

    /// <summary>The fire alarm ended.</summary>
    FireEnded,

    /// <summary>The door is free for all.</summary>
    Free,

    /// <summary>The door is not free any more.</summary>
    FreeEnded,

    /// <summary>The lock may not stay unlocked, so the door stays locked in free hours.</summary>
    FreeRefused,

    /// <summary>The free door fell back to locked, since the board did not answer.</summary>
    FreeLapsed,

    /// <summary>A lockdown began.</summary>
    Lockdown,

    /// <summary>The lockdown ended.</summary>
    LockdownEnded,

    /// <summary>The board acknowledged an unlock that was abandoned; it was locked again.</summary>
    LateAcknowledgement,

    /// <summary>The contact's line is at fault or its device silent: nobody knows whether the door is open.</summary>
    ContactLost,

    /// <summary>The contact tells again.</summary>
    ContactBack,
}
