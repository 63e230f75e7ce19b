using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Rules.Access;

/// <summary>Everything about the door at which a decision is made, but for the holder, the PIN and the time. Immutable.</summary>
public sealed record DoorSituation
{
    /// <summary>The branch and its rules; null means that it is not configured, and nobody gets in.</summary>
    public BranchPolicy? Branch { get; init; }

    /// <summary>The door's id within the branch.</summary>
    public required string DoorId { get; init; }

    /// <summary>Null when the register decides on its own facts; set when a node decides on its replica.</summary>
    public OfflineSituation? Offline { get; init; }

    /// <summary>Whether the node is in lockdown.</summary>
    public bool Lockdown { get; init; }

    /// <summary>Whether staffed hours were opened by a staff badge or a confirmation today (firstPersonIn).</summary>
    public bool StaffPresent { get; init; }

    /// <summary>People counted inside; 0 when nobody counts.</summary>
    public int PeopleInside { get; init; }

    /// <summary>Whether the burglar alarm is armed.</summary>
    public bool AlarmArmed { get; init; }

    /// <summary>Whether the card is inside already and the node refuses that (anti-passback).</summary>
    public bool AlreadyInside { get; init; }
}

/// <summary>What a node knows of its own footing when it decides on its replica.</summary>
/// <param name="ClockTrusted">Whether the node's clock is trusted.</param>
/// <param name="FactsAge">Time since the register's facts were known to be complete here.</param>
public sealed record OfflineSituation(bool ClockTrusted, Duration FactsAge);

/// <summary>How the PIN went; the numbers are those of the wire.</summary>
public enum PinResult
{
    /// <summary>No PIN was entered.</summary>
    Missing = 1,

    /// <summary>The PIN is right.</summary>
    Right = 2,

    /// <summary>The PIN is wrong, or there is nothing to check it against.</summary>
    Wrong = 3,

    /// <summary>The card is locked: no guess was spent.</summary>
    Locked = 4,
}

/// <summary>What the rules made of facts, door, PIN and time. Texts for patrons are made from it.</summary>
/// <param name="Code">The first failing rule, or the grant.</param>
/// <param name="UnlockFor">How long the lock is to be open; zero when not granted.</param>
/// <param name="Language">The patron's language; unknown before a right PIN, so that nothing depends on the card.</param>
/// <param name="NextOpening">Next opening, only with <see cref="DecisionCode.Closed"/>.</param>
public sealed record Decision(DecisionCode Code, Duration UnlockFor, Language Language, Instant? NextOpening)
{
    /// <summary>Whether the door may open.</summary>
    public bool Granted => Code is DecisionCode.Granted or DecisionCode.GrantedBadge or DecisionCode.StaffedOpen;

    /// <summary>Whether the door may stand open for longer, too: its holder is given more time.</summary>
    public bool ExtendedTime { get; init; }

    /// <summary>How the PIN went, so that the text for an unknown card can be that of a known one; unset outside the rules.</summary>
    public PinResult Pin { get; init; }
}

/// <summary>One rule of the ladder and what it said.</summary>
/// <param name="Code">The code that the rule gives when it fails.</param>
/// <param name="Passed">Whether it was passed.</param>
/// <param name="Decisive">Whether it gave the decision.</param>
/// <param name="Detail">What the rule looked at, in English, without personal data.</param>
public sealed record RuleOutcome(DecisionCode Code, bool Passed, bool Decisive, string Detail);
