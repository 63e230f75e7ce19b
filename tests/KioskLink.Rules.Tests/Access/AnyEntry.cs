using FsCheck;
using FsCheck.Fluent;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Pins;
using NodaTime;

namespace KioskLink.Rules.Tests.Access;

/// <summary>Any holder at any door: every rule is sometimes failed, most are mostly passed, and times lie at their boundaries.</summary>
internal sealed record AnyEntry(Facts Facts, DoorSituation Door, PinResult Pin, Instant Now)
{
    private static readonly Gen<bool> Rarely = Gen.Frequency((15, Gen.Constant(false)), (1, Gen.Constant(true)));
    private static readonly Gen<Instant> Near = Gen.Choose(-2, 2).Select(seconds => Library.Noon + Duration.FromSeconds(seconds));
    private static readonly Gen<LocalDate?> Date = Gen.Choose(-1, 12).Select(days => days > 8 ? (LocalDate?)null : Library.Today.PlusDays(days));

    private static readonly Gen<IReadOnlyList<string>> BranchIds =
        Gen.Elements<IReadOnlyList<string>>([], [Library.BranchId], ["FI-Lh-Mukkula"]);

    /// <summary>Entries without shrinking: each is small enough to be read.</summary>
    public static Arbitrary<AnyEntry> Arbitrary { get; } = Arb.From(
        from facts in AnyFacts()
        from door in AnyDoor()
        from pin in Gen.Frequency((6, Gen.Constant(PinResult.Right)), (1, Gen.Elements(PinResult.Missing, PinResult.Wrong, PinResult.Locked)))
        from now in Near
        select new AnyEntry(facts, door, pin, now));

    /// <summary>A ban of any kind, time and place.</summary>
    public static Gen<BanFact> AnyBan { get; } =
        from kind in Gen.Elements(Enum.GetValues<BanKind>())
        from start in Near
        from seconds in Gen.Choose(0, 3)
        from branches in BranchIds
        select new BanFact(kind, start, seconds == 3 ? null : start + Duration.FromSeconds(seconds), branches);

    public Decision Decide() => AccessRules.Decide(Facts, Door, Pin, Now);

    private static Gen<Facts> AnyFacts() => Gen.Frequency(
        (12, AnyCard().Select(Facts (card) => card)),
        (3, AnyBadge().Select(Facts (badge) => badge)),
        (1, Gen.Elements<Facts>(new UnknownCard(), new UnreadableCard())));

    private static Gen<CardFacts> AnyCard() =>
        from lost in Rarely
        from expires in Date
        from to in Date
        from since in Rarely
        from restricted in Rarely
        from hasBan in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from ban in AnyBan
        from rights in AnyRights()
        from isLocked in Rarely
        from until in Near
        select rights with
        {
            Lost = lost,
            CardExpiresOn = expires,
            CustomershipTo = to,
            CustomershipFrom = since ? Library.Today.PlusDays(1) : null,
            Restricted = restricted,
            Bans = hasBan ? [ban] : [],
            Guesses = isLocked ? new GuessState { LockedUntil = until } : GuessState.None,
        };

    private static Gen<CardFacts> AnyRights() =>
        from consent in Gen.Elements(true, false)
        from terms in Rarely
        from registered in Rarely
        from isYoung in Rarely
        from age in Date
        from fees in Gen.Choose(0, 3200)
        from language in Gen.Elements(Enum.GetValues<Language>())
        from isOther in Rarely
        from other in Gen.Elements("child", "community", "nobody")
        select new CardFacts
        {
            GuardianConsent = consent,
            TermsAccepted = !terms,
            Registered = !registered,
            AgeOkFrom = isYoung ? age : null,
            FeesCents = fees,
            Language = language,
            Group = isOther ? other : "adult",
        };

    private static Gen<BadgeFacts> AnyBadge() =>
        from role in Gen.Elements(Enum.GetValues<BadgeRole>())
        from branches in BranchIds
        from revoked in Rarely
        from expires in Date
        from doors in Gen.Elements<IReadOnlyList<string>>([], ["front"], ["side"])
        from kind in Gen.Elements<PeriodKind?>(null, PeriodKind.SelfService, PeriodKind.Closed)
        select Library.Badge(role) with
        {
            BranchIds = branches,
            DoorIds = doors,
            Schedule = kind is { } open ? Branches.Hours.AllDay(open) : null,
            Revoked = revoked,
            ExpiresOn = expires,
        };

    private static Gen<DoorSituation> AnyDoor() =>
        from branch in AnyBranch()
        from isUnset in Rarely
        from isOffline in Gen.Elements(true, false)
        from isUntrusted in Rarely
        from age in Gen.Choose(0, 16)
        from lockdown in Rarely
        from inside in Gen.Choose(0, 10)
        from armed in Rarely
        from already in Rarely
        from staff in Gen.Elements(true, false)
        select new DoorSituation
        {
            Branch = isUnset ? null : branch,
            DoorId = "front",
            Offline = isOffline ? new OfflineSituation(!isUntrusted, Duration.FromDays(age / 2.0)) : null,
            Lockdown = lockdown,
            PeopleInside = inside,
            AlarmArmed = armed,
            AlreadyInside = already,
            StaffPresent = staff,
        };

    private static Gen<BranchPolicy> AnyBranch() =>
        from maintenance in Rarely
        from suspended in Rarely
        from failClosed in Rarely
        from start in Near
        from kind in Gen.Frequency((6, Gen.Constant(PeriodKind.SelfService)), (1, Gen.Elements(PeriodKind.Staffed, PeriodKind.Closed)))
        from pin in Rarely
        from registration in Rarely
        from loanBan in Gen.Elements(true, false)
        from consent in Gen.Elements(true, false)
        from firstPersonIn in Gen.Elements(true, false)
        select Library.Branch with
        {
            Maintenance = maintenance ? [new Closure(start, null, "")] : [],
            Suspensions = suspended ? [new Closure(start, start + Duration.FromSeconds(1), "")] : [],
            OfflinePolicy = failClosed ? OfflinePolicy.FailClosed : OfflinePolicy.Cached,
            Hours = Branches.Hours.AllDay(kind),
            PinRequired = !pin,
            RegistrationRequired = registration,
            LoanBanBlocksDoor = loanBan,
            MinorConsentSuffices = consent,
            FirstPersonIn = firstPersonIn,
            MaxFeesCents = 3000,
            Capacity = 10,
        };
}
