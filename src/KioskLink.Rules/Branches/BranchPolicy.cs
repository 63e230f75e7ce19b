using KioskLink.Rules.Access;
using KioskLink.Rules.Cards;
using NodaTime;

namespace KioskLink.Rules.Branches;

/// <summary>
/// A branch and every rule in force there, the profile's values filled in: all that a decision needs besides the holder.
/// Immutable and thread-safe. Rule code never names a consortium.
/// </summary>
public sealed record BranchPolicy
{
    /// <summary>How many times as long a door is unlocked for those who are given more time, where nothing else is said.</summary>
    public const double UsualExtendedUnlock = 2;

    /// <summary>The branch's id (`FI-Lh-Renkomaki`).</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public string Name { get; init; } = "";

    /// <summary>The consortium's id; part of every card token.</summary>
    public required string Consortium { get; init; }

    /// <summary>The doors; a door that is not listed is misconfigured.</summary>
    public IReadOnlyList<DoorPolicy> Doors { get; init; } = [];

    /// <summary>Opening hours; null is a misconfiguration.</summary>
    public OpeningHours? Hours { get; init; }

    /// <summary>What happens without the register (R86).</summary>
    public OfflinePolicy OfflinePolicy { get; init; } = OfflinePolicy.FailClosed;

    /// <summary>How old facts may be for an offline grant.</summary>
    public Duration OfflineMaxAge { get; init; } = Duration.FromDays(7);

    /// <summary>How long hours may be used without the register.</summary>
    public Duration HoursMaxAge { get; init; } = Duration.FromDays(14);

    /// <summary>What machines lend and take back without the register.</summary>
    public OfflineLending OfflineLending { get; init; } = new();

    /// <summary>Which cards the branch's nodes hold.</summary>
    public ReplicaScope ReplicaScope { get; init; } = ReplicaScope.Visited;

    /// <summary>How long after a visit a card stays in the scope visited.</summary>
    public Duration VisitedFor { get; init; } = Duration.FromDays(60);

    /// <summary>How long a grant unlocks a door that does not say otherwise.</summary>
    public Duration UnlockFor { get; init; } = Duration.FromSeconds(10);

    /// <summary>How many times as long a door is unlocked, and may stand open, for those who are given more time.</summary>
    public double ExtendedUnlock { get; init; } = UsualExtendedUnlock;

    /// <summary>How long a node waits for the register before a grant of its replica stands.</summary>
    public Duration RegisterPatience { get; init; } = Duration.FromMilliseconds(250);

    /// <summary>Whether staffed hours free the door only after the first staff badge or a confirmation.</summary>
    public bool FirstPersonIn { get; init; } = true;

    /// <summary>Whether a granted door opens, with an alarm, while no record of it can be written.</summary>
    public bool OpenWithoutRecord { get; init; }

    /// <summary>The greatest number of people inside; 0 means no limit.</summary>
    public int Capacity { get; init; }

    /// <summary>Suspensions (R87).</summary>
    public IReadOnlyList<Closure> Suspensions { get; init; } = [];

    /// <summary>Maintenance windows that list this branch's doors (R83, R86).</summary>
    public IReadOnlyList<Closure> Maintenance { get; init; } = [];

    /// <summary>What patrons are told of breaks and outages, those included that leave the doors alone.</summary>
    public IReadOnlyList<OutageNotice> Notices { get; init; } = [];

    /// <summary>Minimum age in years; 0 means none.</summary>
    public int MinimumAge { get; init; } = 15;

    /// <summary>Whether a guardian's consent lets a younger patron in.</summary>
    public bool MinorConsentSuffices { get; init; }

    /// <summary>Whether a PIN is required (R30).</summary>
    public bool PinRequired { get; init; } = true;

    /// <summary>Whether the terms of use must be accepted.</summary>
    public bool TermsRequired { get; init; } = true;

    /// <summary>Whether registration for self-service use is required.</summary>
    public bool RegistrationRequired { get; init; }

    /// <summary>Whether a loan ban closes the door (R28).</summary>
    public bool LoanBanBlocksDoor { get; init; }

    /// <summary>Unpaid fees in cents over which the door stays closed; 0 means no limit.</summary>
    public long MaxFeesCents { get; init; }

    /// <summary>What each group may do; a group that is not listed is denied.</summary>
    public IReadOnlyDictionary<string, GroupAccess> Groups { get; init; } = new Dictionary<string, GroupAccess>();

    /// <summary>Forms of card numbers.</summary>
    public IReadOnlyList<CardFormat> CardFormats { get; init; } = [];

    /// <summary>Shortest PIN, digits.</summary>
    public int PinMinLength { get; init; } = 4;

    /// <summary>Longest PIN, digits.</summary>
    public int PinMaxLength { get; init; } = 4;

    /// <summary>Guesses per card and 24 h that a cut-off node allows.</summary>
    public int OfflineGuesses { get; init; } = 3;

    /// <summary>How long records stay identifiable in a node's journal (R63).</summary>
    public Duration JournalIdentifiableFor { get; init; } = Duration.FromDays(14);

    /// <summary>Whether texts outdoors may name fees and bans.</summary>
    public bool PlainTextsOutdoors { get; init; }

    /// <summary>Telephone number shown when a patron needs help.</summary>
    public string HelpPhone { get; init; } = "";

    /// <summary>Languages of the doors; the first one is used before the PIN.</summary>
    public IReadOnlyList<Language> Languages { get; init; } = [Language.Fi, Language.Sv, Language.En];
}

/// <summary>A door as the register knows it.</summary>
/// <param name="Id">The door's id within the branch.</param>
/// <param name="Name">Name for people.</param>
/// <param name="UnlockFor">How long a grant unlocks it; null means the branch's time.</param>
public sealed record DoorPolicy(string Id, string Name, Duration? UnlockFor);

/// <summary>A time during which a branch's doors are shut for a reason of their own: [Start, End).</summary>
/// <param name="Start">First instant.</param>
/// <param name="End">End, exclusive; null means until lifted.</param>
/// <param name="Reason">Why, for staff.</param>
public sealed record Closure(Instant Start, Instant? End, string Reason)
{
    /// <summary>Whether the closure holds at a time.</summary>
    public bool IsInForce(Instant now) => Start <= now && (End is not { } end || now < end);
}

/// <summary>A break or outage as patrons are told of it: [Start, End), announced before (R82, R83).</summary>
/// <param name="AnnounceAt">From when it is told.</param>
/// <param name="Start">First instant.</param>
/// <param name="End">Estimated end; null while nobody knows it.</param>
/// <param name="DoorsAffected">Whether the branch's doors are shut for it.</param>
/// <param name="Unplanned">Whether nobody planned it.</param>
/// <param name="Texts">The text by language.</param>
public sealed record OutageNotice(
    Instant AnnounceAt, Instant Start, Instant? End, bool DoorsAffected, bool Unplanned, IReadOnlyDictionary<Language, string> Texts)
{
    /// <summary>Whether it is to be shown at a time.</summary>
    public bool IsShown(Instant now) => AnnounceAt <= now && (End is not { } end || now < end);

    /// <summary>The text in a language, in Finnish where there is none in it.</summary>
    public string TextIn(Language language) => Texts.GetValueOrDefault(language) ?? Texts.GetValueOrDefault(Language.Fi) ?? Texts.Values.FirstOrDefault() ?? "";
}

/// <summary>What a branch does without its register; the numbers are those of the wire.</summary>
public enum OfflinePolicy
{
    /// <summary>Nobody but badges gets in.</summary>
    FailClosed = 1,

    /// <summary>Cards of the replica are decided until the facts are too old.</summary>
    Cached = 2,
}

/// <summary>Which cards a node holds; the numbers are those of the wire.</summary>
public enum ReplicaScope
{
    /// <summary>Cards granted at a door of the branch lately.</summary>
    Visited = 1,

    /// <summary>Cards of patrons whose home branch it is, and visited ones.</summary>
    Branch = 2,

    /// <summary>All cards.</summary>
    Consortium = 3,
}

/// <summary>Whether a group may use self-service; the numbers are those of the wire.</summary>
public enum GroupAccess
{
    /// <summary>It may.</summary>
    Allow = 1,

    /// <summary>It may not.</summary>
    Deny = 2,

    /// <summary>Only with a guardian's consent.</summary>
    NeedConsent = 3,
}
