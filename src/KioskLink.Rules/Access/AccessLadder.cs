using KioskLink.Rules.Branches;
using KioskLink.Rules.Pins;
using static KioskLink.Rules.Access.DecisionCode;

namespace KioskLink.Rules.Access;

/// <summary>The rules in the order in which they are evaluated; the first that fails gives the code. A badge ends on its own rung.</summary>
internal static class AccessLadder
{
    public static IReadOnlyList<AccessRule> Rules { get; } = [.. Footing(), .. Presentation(), .. Patron(), .. Premises()];

    private static IEnumerable<AccessRule> Footing() =>
    [
        new(NodeMisconfigured, IsMisconfigured, DescribeConfiguration),
        new(Lockdown, a => a.Door.Lockdown && !a.Passes(Lockdown), "whether the node is in lockdown"),
        new(Maintenance, a => a.Branch is { } b && b.Maintenance.Any(w => w.IsInForce(a.Now)) && !a.Passes(Maintenance),
            "whether a maintenance window lists the branch's doors"),
        new(BranchSuspended, a => a.Branch is { } b && b.Suspensions.Any(s => s.IsInForce(a.Now)) && !a.Passes(BranchSuspended),
            "whether self-service use of the branch is suspended"),
        new(OfflineRefused, a => a.Door.Offline is not null && a.Branch is { OfflinePolicy: not OfflinePolicy.Cached } && !a.Passes(OfflineRefused),
            a => a.Door.Offline is null ? "the register decides" : $"without the register the branch is {a.Branch?.OfflinePolicy}"),
        new(ClockUntrusted, a => a.Door.Offline is { ClockTrusted: false } && !a.Passes(ClockUntrusted), "whether the node's clock is trusted"),
    ];

    private static IEnumerable<AccessRule> Presentation() =>
    [
        new(CardUnreadable, a => a.Facts is UnreadableCard, "whether what was read is a card of this consortium"),
        new(BadgeRefused, a => a.Badge is { } badge && !BadgePasses.IsGood(badge, a),
            a => a.Badge is { } badge ? $"revocation, expiry, branches, doors and schedule of a {badge.Role} badge" : "no badge"),
        new(CardUnknown, a => a.Facts is UnknownCard && a.Door.Offline is null, "whether the register knows the card"),
        new(OfflineNotCached, a => a.Facts is UnknownCard && a.Door.Offline is not null, "whether the node holds the card"),
        new(PinLocked, a => a.NeedsPin && IsLocked(a), "whether wrong PINs have locked the card"),
        new(PinMissing, a => a.NeedsPin && a.Pin == PinResult.Missing, DescribePin),
        new(PinWrong, a => a.Badge is null && a.Pin == PinResult.Wrong, DescribePin),
        new(OfflineTooOld, a => a.Badge is null && a.Door.Offline is { } o && a.Branch is { } b && o.FactsAge > b.OfflineMaxAge,
            a => a.Door.Offline is { } o ? $"facts {o.FactsAge:D:hh:mm:ss} old, at most {a.Branch?.OfflineMaxAge:D:hh:mm:ss}" : "the register decides"),
    ];

    private static IEnumerable<AccessRule> Patron() =>
    [
        new(CardLost, a => a.Card is { Lost: true }, "whether the card is lost or replaced"),
        new(CardExpired, a => a.Card is { } c && (c.CardExpiresOn < a.Today || c.CustomershipTo < a.Today || c.CustomershipFrom > a.Today),
            a => $"card and customership valid on {a.Today:uuuu-MM-dd}"),
        new(PatronRestricted, a => a.Card is { Restricted: true }, "whether processing of the patron's data is restricted"),
        new(UseBan, a => a.HasBan(BanKind.Use), "use bans in force at the branch"),
        new(SelfServiceBan, a => a.HasBan(BanKind.SelfService), "self-service bans in force at the branch"),
        new(LoanBan, a => a.Branch is { LoanBanBlocksDoor: true } && a.HasBan(BanKind.Loan),
            a => a.Branch is { LoanBanBlocksDoor: true } ? "loan bans in force at the branch" : "a loan ban does not close this door"),
        new(GroupNotAllowed, a => a.Card is { } c && a.Branch is { } b && !IsGroupAllowed(c, b), "whether the patron's group may use self-service"),
        new(Underage, a => a.Card is { } c && a.Branch is { } b && IsTooYoung(c, b, a),
            a => $"minimum age {a.Branch?.MinimumAge}, a guardian's consent {(a.Branch is { MinorConsentSuffices: true } ? "suffices" : "does not suffice")}"),
        new(TermsNotAccepted, a => a.Card is { TermsAccepted: false } && a.Branch is { TermsRequired: true },
            a => a.Branch is { TermsRequired: true } ? "whether the terms in force are accepted" : "no terms are required"),
        new(NotRegistered, a => a.Card is { Registered: false } && a.Branch is { RegistrationRequired: true },
            a => a.Branch is { RegistrationRequired: true } ? "whether the patron has registered" : "no registration is required"),
        new(FeesOverLimit, a => a.Card is { } c && a.Branch is { MaxFeesCents: > 0 } b && c.FeesCents > b.MaxFeesCents,
            a => a.Branch is { MaxFeesCents: > 0 } b ? $"unpaid fees, at most {b.MaxFeesCents} cents" : "fees have no limit"),
    ];

    private static IEnumerable<AccessRule> Premises() =>
    [
        new(Closed, a => a.Badge is null && a.Kind == PeriodKind.Closed, a => $"the branch is {a.Kind}"),
        new(CapacityFull, a => a.Badge is null && a.Branch is { Capacity: > 0 } b && a.Door.PeopleInside >= b.Capacity,
            a => a.Branch is { Capacity: > 0 } b ? $"{a.Door.PeopleInside} inside, room for {b.Capacity}" : "nobody is counted"),
        new(AlarmArmed, a => a.Badge is null && a.Door.AlarmArmed, "whether the burglar alarm is armed"),
        new(AlreadyInside, a => a.Badge is null && a.Door.AlreadyInside, "whether the card is inside already"),
    ];

    // A badge of the branch has hours of its own, so the branch's may be missing or old. One of other branches is no more than a stranger's card, which is
    // all that a node knows of it.
    private static bool IsMisconfigured(EntryAttempt a) =>
        a.DoorPolicy is null || (!a.HasBadgeOfBranch && (a.Branch?.Hours is null || HoursAreTooOld(a)));

    private static bool HoursAreTooOld(EntryAttempt a) => a.Door.Offline is { } offline && offline.FactsAge > a.Branch?.HoursMaxAge;

    private static string DescribeConfiguration(EntryAttempt a) =>
        a.Branch is null ? "the branch is not configured"
        : a.DoorPolicy is null ? "the branch has no such door"
        : a.Branch.Hours is null ? "the branch has no opening hours"
        : HoursAreTooOld(a) ? "the opening hours are too old"
        : "branch, door and opening hours are configured";

    // The state counts a guess as spent while it is checked, so a wrong one is not also a lock.
    private static bool IsLocked(EntryAttempt a) =>
        a.Pin == PinResult.Locked || (a.Pin != PinResult.Wrong && a.Card is { } card && GuessRules.IsLocked(card.Guesses, a.Now));

    private static string DescribePin(EntryAttempt a) => a.NeedsPin ? $"a PIN is required: {a.Pin}" : "no PIN is required";

    private static bool IsGroupAllowed(CardFacts card, BranchPolicy branch) =>
        branch.Groups.TryGetValue(card.Group, out var access)
        && (access == GroupAccess.Allow || (access == GroupAccess.NeedConsent && card.GuardianConsent));

    private static bool IsTooYoung(CardFacts card, BranchPolicy branch, EntryAttempt a) =>
        branch.MinimumAge > 0 && card.AgeOkFrom > a.Today && !(branch.MinorConsentSuffices && card.GuardianConsent);
}
