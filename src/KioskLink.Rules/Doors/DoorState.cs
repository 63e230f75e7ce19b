using System.Collections.Immutable;
using NodaTime;

namespace KioskLink.Rules.Doors;

/// <summary>What a door is, for people.</summary>
public enum DoorPhase
{
    /// <summary>Locked and closed.</summary>
    Locked,

    /// <summary>Unlocked until a time, and still closed.</summary>
    Unlocked,

    /// <summary>Open after an unlock or from inside.</summary>
    Open,

    /// <summary>Open for too long.</summary>
    HeldOpen,

    /// <summary>Opened while it was locked.</summary>
    Forced,

    /// <summary>Free for all, on a lease that is renewed.</summary>
    Free,

    /// <summary>Kept locked for all but a few badges.</summary>
    Lockdown,
}

/// <summary>An unlock that was sent and not yet acknowledged.</summary>
/// <param name="Command">The command's number.</param>
/// <param name="AttemptId">The attempt; null for a free door's lease.</param>
/// <param name="For">For how long.</param>
/// <param name="Deadline">When it is abandoned.</param>
/// <param name="Patience">How many times as long the door may stand open after it.</param>
public sealed record PendingUnlock(long Command, string? AttemptId, Duration For, Instant Deadline, double Patience = 1);

/// <summary>All that is known of a door. Immutable; only <see cref="DoorMachine"/> makes new ones.</summary>
public sealed record DoorState
{
    private DoorState(LockDeclaration declaration, Duration heldOpenAfter, Openers openers)
    {
        Declaration = declaration;
        HeldOpenAfter = heldOpenAfter;
        Openers = openers;
    }

    /// <summary>How long a door may stand open unless said otherwise.</summary>
    public static Duration DefaultHeldOpenAfter { get; } = Duration.FromSeconds(30);

    /// <summary>The lock.</summary>
    public LockDeclaration Declaration { get; }

    /// <summary>How long the door may stand open.</summary>
    public Duration HeldOpenAfter { get; }

    /// <summary>What pushes its leaf.</summary>
    public Openers Openers { get; init; }

    /// <summary>Until when a grant keeps it unlocked; null when none does.</summary>
    public Instant? UnlockedUntil { get; init; }

    /// <summary>Until when the lease keeps it free; null when it is not free.</summary>
    public Instant? FreeUntil { get; init; }

    /// <summary>When the lease is renewed; null when none is wanted.</summary>
    public Instant? RenewAt { get; init; }

    /// <summary>Unlocks without acknowledgement.</summary>
    public ImmutableList<PendingUnlock> Pending { get; init; } = [];

    /// <summary>Whether the lock command must follow what is in force: an unlock without answer may run longer on the board.</summary>
    public bool MustLockAfter { get; init; }

    /// <summary>The number of the last unlock.</summary>
    public long LastCommand { get; init; }

    /// <summary>Whether the door is open; null until the contact has reported.</summary>
    public bool? IsOpen { get; init; }

    /// <summary>Whether the contact tells nothing, its line at fault or its device silent.</summary>
    public bool IsContactLost { get; init; }

    /// <summary>How many times as long it may stand open: until it is closed, for whoever of those let in needs the most.</summary>
    public double Patience { get; init; } = 1;

    /// <summary>When it will have stood open for too long; null when it is closed or free, or the alarm was given.</summary>
    public Instant? HeldOpenAt { get; init; }

    /// <summary>Whether it stands open for too long.</summary>
    public bool IsHeldOpen { get; init; }

    /// <summary>Whether it was opened while it was locked.</summary>
    public bool IsForced { get; init; }

    /// <summary>Until when an opening is nobody's break-in.</summary>
    public Instant? QuietUntil { get; init; }

    /// <summary>Until when somebody is on the way out by the exit button or the inside handle.</summary>
    public Instant? LeavingUntil { get; init; }

    /// <summary>The buttons, handles and glasses by which it is being left: a broken glass until it is reset.</summary>
    public ImmutableHashSet<string> ExitsHeld { get; init; } = [];

    /// <summary>Whether somebody is on the way out.</summary>
    public bool IsBeingLeft(Instant now) => !ExitsHeld.IsEmpty || now < LeavingUntil;

    /// <summary>Whether it is unlocked, or an unlock is on its way.</summary>
    public bool IsUnlocked => UnlockedUntil is not null || FreeUntil is not null || !Pending.IsEmpty;

    /// <summary>Whether the fire panel gives an alarm.</summary>
    public bool IsFire { get; init; }

    /// <summary>Whether the calendar says that the door is free.</summary>
    public bool IsFreeByCalendar { get; init; }

    /// <summary>Whether it is in lockdown.</summary>
    public bool IsLockdown { get; init; }

    /// <summary>What the door is, for people.</summary>
    public DoorPhase Phase =>
        IsLockdown ? DoorPhase.Lockdown
        : IsForced ? DoorPhase.Forced
        : FreeUntil is not null ? DoorPhase.Free
        : IsHeldOpen ? DoorPhase.HeldOpen
        : IsOpen is true ? DoorPhase.Open
        : UnlockedUntil is not null ? DoorPhase.Unlocked
        : DoorPhase.Locked;

    /// <summary>When the next <see cref="DoorTick"/> has something to do; null when nothing is due.</summary>
    public Instant? NextDue
    {
        get
        {
            Instant?[] due = [UnlockedUntil, FreeUntil, RenewAt, Openers.NextDue, IsFire ? null : HeldOpenAt, .. Pending.Select(pending => (Instant?)pending.Deadline)];
            return due.Min();
        }
    }

    /// <summary>A door of which nothing is known yet; feed it <see cref="DoorStarted"/> first.</summary>
    public static DoorState Of(LockDeclaration declaration, Duration? heldOpenAfter = null, IEnumerable<OpenerDeclaration>? openers = null) =>
        new(declaration, heldOpenAfter ?? DefaultHeldOpenAfter, openers is null ? Openers.None : new Openers([.. openers]));
}
