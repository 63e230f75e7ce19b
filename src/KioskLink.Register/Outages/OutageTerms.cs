using KioskLink.Rules.Access;
using NodaTime;

namespace KioskLink.Register.Outages;

/// <summary>Whether an outage was planned; the numbers are those of the wire.</summary>
internal enum OutageKind
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>A maintenance window with an estimated end (R83).</summary>
    Planned = 1,

    /// <summary>An outage of unknown length (R82).</summary>
    Unplanned = 2,
}

/// <summary>Whom an outage concerns (R88); the numbers are those of the wire.</summary>
internal enum OutageScope
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>The branches that it names.</summary>
    Branch = 1,

    /// <summary>The whole consortium: every branch and what belongs to none.</summary>
    Consortium = 2,

    /// <summary>
    /// The library system itself, which the consortium's register stands for: a register serves one consortium, so this reaches here what
    /// <see cref="Consortium"/> reaches. It stays a scope of its own because staff reads by it where the fault is to be mended.
    /// </summary>
    System = 3,
}

/// <summary>An outage typed: as it is to be stored, and as it was. Immutable.</summary>
internal sealed record OutageTerms
{
    /// <summary>Its id; empty before it is stored.</summary>
    public string Id { get; init; } = "";

    /// <summary>Whether it was planned.</summary>
    public required OutageKind Kind { get; init; }

    /// <summary>Whom it concerns.</summary>
    public required OutageScope Scope { get; init; }

    /// <summary>The branches; empty unless the scope is branches.</summary>
    public required IReadOnlyList<string> BranchIds { get; init; }

    /// <summary>The services that are down, as they were given.</summary>
    public required IReadOnlyList<LibraryService> Services { get; init; }

    /// <summary>What else is down because of them, where the window says so itself; null by the profile (R85).</summary>
    public IReadOnlyList<LibraryService>? Dependents { get; init; }

    /// <summary>First instant.</summary>
    public required Instant Start { get; init; }

    /// <summary>End, exclusive: the estimated one, or the one by hand; null while nobody knows it.</summary>
    public required Instant? End { get; init; }

    /// <summary>From when it is announced.</summary>
    public required Instant AnnounceAt { get; init; }

    /// <summary>Why, for staff.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What patrons are told, where somebody wrote it.</summary>
    public IReadOnlyDictionary<Language, string> Notices { get; init; } = new Dictionary<Language, string>();

    /// <summary>Whether it holds at a time.</summary>
    public bool IsInForce(Instant now) => Start <= now && !IsOver(now);

    /// <summary>Whether its time is over.</summary>
    public bool IsOver(Instant now) => End <= now;

    /// <summary>
    /// Whether it concerns a branch; without one, whether it concerns what belongs to no branch. One that names branches leaves all others
    /// alone (R88); the consortium and the system are the same here, since this register knows no branch that is not of both.
    /// </summary>
    public bool Concerns(string? branchId) => Scope != OutageScope.Branch || (branchId is not null && BranchIds.Contains(branchId));
}
