using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Tests.Branches;
using NodaTime;

namespace KioskLink.Rules.Tests.Access;

/// <summary>A branch, a door and a patron for whom everything is in order, at noon in Helsinki.</summary>
internal static class Library
{
    public const string BranchId = "FI-Lh-Renkomaki";

    public static Instant Noon { get; } = Instant.FromUtc(2026, 11, 21, 10, 0);

    public static LocalDate Today { get; } = new(2026, 11, 21);

    public static BranchPolicy Branch { get; } = new()
    {
        Id = BranchId,
        Consortium = "lastu",
        Doors = [new DoorPolicy("front", "Etuovi", null), new DoorPolicy("side", "Sivuovi", Duration.FromSeconds(4))],
        Hours = Hours.EveryDay(
            Hours.P("06:00", "16:00", PeriodKind.SelfService), Hours.P("16:00", "18:00", PeriodKind.Staffed)),
        OfflinePolicy = OfflinePolicy.Cached,
        Groups = new Dictionary<string, GroupAccess>
        {
            ["adult"] = GroupAccess.Allow,
            ["child"] = GroupAccess.NeedConsent,
            ["community"] = GroupAccess.Deny,
        },
        HelpPhone = "03 814 11",
    };

    public static DoorSituation Door { get; } = new() { Branch = Branch, DoorId = "front" };

    public static DoorSituation Offline { get; } = Door with { Offline = new OfflineSituation(ClockTrusted: true, Duration.FromMinutes(5)) };

    public static CardFacts Card { get; } = new() { Group = "adult", TermsAccepted = true, Registered = true, Language = Language.Sv };

    public static BadgeFacts Badge(BadgeRole role) => new() { BadgeRef = "badge-1", Role = role };

    public static BanFact Ban(BanKind kind, params string[] branchIds) => new(kind, Noon - Duration.FromDays(1), null, branchIds);

    public static DoorSituation With(this DoorSituation door, Func<BranchPolicy, BranchPolicy> change) =>
        door with { Branch = change(door.Branch!) };

    public static DecisionCode Code(Facts facts, DoorSituation? door = null, PinResult pin = PinResult.Right, Instant? now = null) =>
        AccessRules.Decide(facts, door ?? Door, pin, now ?? Noon).Code;
}
