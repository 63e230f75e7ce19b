using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Loans;
using NodaTime;

namespace KioskLink.Register.Profiles;

/// <summary>
/// The rules of one consortium (R1), read from JSON: every age, limit, group, format and default that rule code needs, so
/// that rule code names no consortium. Immutable.
/// </summary>
internal sealed record ConsortiumProfile
{
    /// <summary>The consortium's id; part of every card token and of every row.</summary>
    public required string Id { get; init; }

    /// <summary>The consortium's name by language.</summary>
    public required IReadOnlyDictionary<Language, string> Names { get; init; }

    /// <summary>The member municipalities.</summary>
    public required IReadOnlyList<string> Members { get; init; }

    /// <summary>The data controllers, one or more (R2).</summary>
    public required IReadOnlyList<string> Controllers { get; init; }

    /// <summary>Disclosures that happen as a matter of course (R46-R50); none unless said.</summary>
    public IReadOnlyList<DisclosureProfile> Disclosures { get; init; } = [];

    /// <summary>Whether addresses are checked against the population register (R52).</summary>
    public PopulationRegisterMode Vtj { get; init; }

    /// <summary>The legal basis on which the population register is asked, as each disclosure to it records it (R52, R55); needed where <see cref="Vtj"/> asks.</summary>
    public string VtjBasis { get; init; } = "";

    /// <summary>Whether processors outside the EU and EEA are allowed (R54).</summary>
    public bool NonEuTransfersAllowed { get; init; }

    /// <summary>The processors of personal data (R44).</summary>
    public IReadOnlyList<ProcessorProfile> Processors { get; init; } = [];

    /// <summary>Other systems that the register exchanges personal data with; no others are joined to it (R27).</summary>
    public IReadOnlyList<string> Adapters { get; init; } = [];

    /// <summary>Languages of the doors; the first one is used before the PIN (R5).</summary>
    public required IReadOnlyList<Language> Languages { get; init; }

    /// <summary>The customer groups (R13).</summary>
    public required IReadOnlyList<GroupProfile> Groups { get; init; }

    /// <summary>Rules of self-service use, where a branch does not say otherwise.</summary>
    public required SelfServiceProfile SelfService { get; init; }

    /// <summary>The form of PINs.</summary>
    public required PinProfile Pin { get; init; }

    /// <summary>The forms of card numbers.</summary>
    public required IReadOnlyList<CardFormatProfile> CardFormats { get; init; }

    /// <summary>The bans in use and their limits (R28, R29).</summary>
    public required BanProfile Bans { get; init; }

    /// <summary>What depends on what when services are down, and whom patrons may ask (R82-R85).</summary>
    public OutageProfile Outages { get; init; } = new();

    /// <summary>Which data is recorded about patrons (R10, R11, R14).</summary>
    public PatronFieldsProfile PatronFields { get; init; } = new();

    /// <summary>Whose loan history may be kept (R23).</summary>
    public LoanHistoryUse LoanHistory { get; init; } = LoanHistoryUse.Off;

    /// <summary>Periods, limits and fees of loans.</summary>
    public LoanRuleSet LoanRules { get; init; } = new();

    /// <summary>Codes of the purposes for which personal data may be read (R6).</summary>
    public required IReadOnlyList<string> Purposes { get; init; }

    /// <summary>Whether the register is in real use: then nothing that the law requires may be open, such as a data-protection officer.</summary>
    public bool Live { get; init; }

    /// <summary>The legal bases, those of historic notices too (R7).</summary>
    public required IReadOnlyList<LegalBasisProfile> LegalBases { get; init; }

    /// <summary>Who answers questions about a register, by the days on which they do (R3).</summary>
    public required IReadOnlyList<ContactProfile> Contacts { get; init; }

    /// <summary>The data-protection officers: none or several, and others for each register where it is so.</summary>
    public required IReadOnlyList<ContactProfile> Dpos { get; init; }

    /// <summary>The privacy notices, every version of each register's (R3, R4).</summary>
    public required IReadOnlyList<NoticeProfile> Notices { get; init; }

    /// <summary>Who writes to patrons (R20).</summary>
    public required NoticeSenderProfile NoticeSender { get; init; }

    /// <summary>Which notices the register sends by itself (R20).</summary>
    public NoticeRoundProfile NoticeRound { get; init; } = new();

    /// <summary>Rules of the camera register; null where there are no cameras.</summary>
    public CameraProfile? Camera { get; init; }

    /// <summary>Applications for a card (R34-R39); null where none are taken.</summary>
    public ApplicationProfile? Applications { get; init; }

    /// <summary>How long each kind of data is kept; every rule must be there (R56-R64).</summary>
    public required IReadOnlyList<RetentionProfile> Retention { get; init; }

    /// <summary>How requests of data subjects are handled (R74-R80).</summary>
    public required RequestsProfile Requests { get; init; }
}

/// <summary>A customer group.</summary>
internal sealed record GroupProfile
{
    /// <summary>The group's code, as patrons carry it.</summary>
    public required string Code { get; init; }

    /// <summary>Whether its members may use self-service.</summary>
    public required GroupAccess SelfService { get; init; }

    /// <summary>Whether its members need a responsible person whatever their age (R15).</summary>
    public bool ResponsiblePerson { get; init; }

    /// <summary>Whether its members are communities: they have a name and a contact person, and no date of birth.</summary>
    public bool Community { get; init; }

    /// <summary>Whether its members are served at home (R24).</summary>
    public bool HomeService { get; init; }
}

/// <summary>Rules of self-service use.</summary>
internal sealed record SelfServiceProfile
{
    /// <summary>Minimum age in years; 0 means none.</summary>
    public required int MinimumAge { get; init; }

    /// <summary>Whether a guardian's consent lets a younger patron in.</summary>
    public required bool MinorConsentSuffices { get; init; }

    /// <summary>Whether the terms of use must be accepted.</summary>
    public required bool TermsRequired { get; init; }

    /// <summary>Whether registration is required.</summary>
    public required bool RegistrationRequired { get; init; }

    /// <summary>Whether a loan ban closes the door.</summary>
    public required bool LoanBanBlocksDoor { get; init; }

    /// <summary>Unpaid fees in cents over which the door stays closed; 0 means no limit.</summary>
    public required long MaxFeesCents { get; init; }

    /// <summary>What happens without the register (R86).</summary>
    public required OfflinePolicy OfflinePolicy { get; init; }

    /// <summary>How old facts may be for an offline grant.</summary>
    public Duration OfflineMaxAge { get; init; } = Duration.FromDays(7);

    /// <summary>Guesses per card and 24 h that a cut-off node allows.</summary>
    public int OfflineGuesses { get; init; } = 3;

    /// <summary>Branches that may hold a card's PIN verifier.</summary>
    public int OfflineHolders { get; init; } = 3;

    /// <summary>Which cards a branch's nodes hold.</summary>
    public ReplicaScope ReplicaScope { get; init; } = ReplicaScope.Visited;

    /// <summary>How long after a visit a card stays in the scope visited.</summary>
    public Duration VisitedFor { get; init; } = Duration.FromDays(60);

    /// <summary>How long hours may be used without the register.</summary>
    public Duration HoursMaxAge { get; init; } = Duration.FromDays(14);

    /// <summary>How long a grant unlocks a door.</summary>
    public Duration UnlockFor { get; init; } = Duration.FromSeconds(10);

    /// <summary>How many times as long for those who are given more time, 1 to 5.</summary>
    public double ExtendedUnlock { get; init; } = BranchPolicy.UsualExtendedUnlock;

    /// <summary>How long a node waits for the register before a grant of its replica stands.</summary>
    public Duration RegisterPatience { get; init; } = Duration.FromMilliseconds(250);

    /// <summary>How long records stay identifiable in a node's journal (R63).</summary>
    public Duration JournalIdentifiableFor { get; init; } = Duration.FromDays(14);

    /// <summary>Whether texts outdoors may name fees and bans.</summary>
    public bool PlainTextsOutdoors { get; init; }
}

/// <summary>The form of PINs.</summary>
internal sealed record PinProfile
{
    /// <summary>Whether a door asks for a PIN: always, so a profile that says false does not load (R30).</summary>
    public bool Required { get; init; } = true;

    /// <summary>Shortest PIN, digits, at least 4.</summary>
    public required int MinLength { get; init; }

    /// <summary>Longest PIN, digits, at most 8.</summary>
    public required int MaxLength { get; init; }
}

/// <summary>A form of card numbers.</summary>
internal sealed record CardFormatProfile
{
    /// <summary>A regular expression for the whole normalised number.</summary>
    public required string Pattern { get; init; }

    /// <summary>The check algorithm: none, library-mod10, code39-mod43, ean13 or itf14.</summary>
    public required string Check { get; init; }
}

/// <summary>The bans in use and their limits.</summary>
internal sealed record BanProfile
{
    /// <summary>The kinds in use.</summary>
    public required IReadOnlyList<BanKind> Kinds { get; init; }

    /// <summary>Longest use ban (Act 1492/2016, section 15).</summary>
    public Duration UseMax { get; init; } = Duration.FromDays(30);

    /// <summary>How long a self-service ban lasts when nobody says.</summary>
    public Duration SelfServiceDefault { get; init; } = Duration.FromDays(30);

    /// <summary>Longest self-service ban.</summary>
    public Duration SelfServiceMax { get; init; } = Duration.FromDays(365);

    /// <summary>Branches that one use ban may name.</summary>
    public int UseBranchesMax { get; init; } = 1;

    /// <summary>Why patrons may be banned (R29), in the order in which they are offered.</summary>
    public required IReadOnlyList<BanReasonProfile> Reasons { get; init; }

    /// <summary>How to appeal against a ban, by language; attached to each ban in the patron's language, and required where use bans are in use.</summary>
    public IReadOnlyDictionary<Language, string> Appeal { get; init; } = new Dictionary<Language, string>();
}
