using KioskLink.Rules.Branches;
using KioskLink.Rules.Pins;
using NodaTime;

namespace KioskLink.Rules.Access;

/// <summary>What is known of the holder of whatever was presented at a door. Immutable and thread-safe.</summary>
public abstract record Facts;

/// <summary>What was read is no card of this consortium.</summary>
public sealed record UnreadableCard : Facts;

/// <summary>A card number of the right form that nobody here knows.</summary>
public sealed record UnknownCard : Facts;

/// <summary>The facts of one card and its holder: no name, no identity code, no number.</summary>
public sealed record CardFacts : Facts
{
    /// <summary>Whether the card is lost or replaced.</summary>
    public bool Lost { get; init; }

    /// <summary>Last day on which the card is valid; null means no end (R17).</summary>
    public LocalDate? CardExpiresOn { get; init; }

    /// <summary>First day of the customership; null means no start (R18).</summary>
    public LocalDate? CustomershipFrom { get; init; }

    /// <summary>Last day of the customership; null means no end (R18).</summary>
    public LocalDate? CustomershipTo { get; init; }

    /// <summary>Whether processing is restricted (R76).</summary>
    public bool Restricted { get; init; }

    /// <summary>Bans, future ones included.</summary>
    public IReadOnlyList<BanFact> Bans { get; init; } = [];

    /// <summary>The patron's group code (R13).</summary>
    public string Group { get; init; } = "";

    /// <summary>First day on which the patron is old enough for the branch; null when it has passed (R9, R12).</summary>
    public LocalDate? AgeOkFrom { get; init; }

    /// <summary>Whether a guardian has consented.</summary>
    public bool GuardianConsent { get; init; }

    /// <summary>Whether the terms in force are accepted.</summary>
    public bool TermsAccepted { get; init; }

    /// <summary>Whether the patron has registered for self-service use.</summary>
    public bool Registered { get; init; }

    /// <summary>Unpaid fees in cents.</summary>
    public long FeesCents { get; init; }

    /// <summary>The patron's service language (R5).</summary>
    public Language Language { get; init; }

    /// <summary>Whether the patron is given more time at doors.</summary>
    public bool ExtendedTime { get; init; }

    /// <summary>How the card's PIN guesses stand.</summary>
    public GuessState Guesses { get; init; } = GuessState.None;
}

/// <summary>The facts of a badge of staff, guards, cleaners or rescue.</summary>
public sealed record BadgeFacts : Facts
{
    /// <summary>The badge's reference, for logs.</summary>
    public required string BadgeRef { get; init; }

    /// <summary>The role, which says what the badge passes.</summary>
    public required BadgeRole Role { get; init; }

    /// <summary>Branches where it is valid; none means all.</summary>
    public IReadOnlyList<string> BranchIds { get; init; } = [];

    /// <summary>Doors it opens; none means every door of its branches.</summary>
    public IReadOnlyList<string> DoorIds { get; init; } = [];

    /// <summary>When it is valid; null means always. A period of any kind but closed lets it in.</summary>
    public OpeningHours? Schedule { get; init; }

    /// <summary>Whether it is revoked.</summary>
    public bool Revoked { get; init; }

    /// <summary>Last day on which it is valid; null means no end.</summary>
    public LocalDate? ExpiresOn { get; init; }

    /// <summary>Whether its holder is given more time at doors.</summary>
    public bool ExtendedTime { get; init; }
}

/// <summary>The role of a badge; the numbers are those of the wire.</summary>
public enum BadgeRole
{
    /// <summary>Library staff.</summary>
    Staff = 1,

    /// <summary>Security guards.</summary>
    Guard = 2,

    /// <summary>Cleaners.</summary>
    Cleaner = 3,

    /// <summary>Rescue services.</summary>
    Rescue = 4,
}

/// <summary>The kind of a ban (R28); the numbers are those of the wire.</summary>
public enum BanKind
{
    /// <summary>Use ban (käyttökielto): nothing is allowed at its branches.</summary>
    Use = 1,

    /// <summary>Loan ban (lainauskielto): the door only if the profile says so.</summary>
    Loan = 2,

    /// <summary>Self-service ban (omatoimikirjaston käyttökielto).</summary>
    SelfService = 3,
}

/// <summary>A ban in force in [Start, End) at its branches (R29).</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Start">First instant.</param>
/// <param name="End">End, exclusive; null means until lifted.</param>
/// <param name="BranchIds">Branches where it holds; none means all.</param>
public sealed record BanFact(BanKind Kind, Instant Start, Instant? End, IReadOnlyList<string> BranchIds)
{
    /// <summary>Whether the ban holds at a branch at a time.</summary>
    public bool IsInForce(string branchId, Instant now) =>
        Start <= now && (End is not { } end || now < end) && (BranchIds.Count == 0 || BranchIds.Contains(branchId));
}

/// <summary>A service language; the numbers are those of the wire.</summary>
public enum Language
{
    /// <summary>Not known: Finnish is used (R5).</summary>
    Unknown = 0,

    /// <summary>Finnish.</summary>
    Fi = 1,

    /// <summary>Swedish.</summary>
    Sv = 2,

    /// <summary>English.</summary>
    En = 3,
}
