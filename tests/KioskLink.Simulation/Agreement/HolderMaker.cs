using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Pins;
using NodaTime;

namespace KioskLink.Simulation.Agreement;

/// <summary>Makes holders of cards and badges who may come in, but for what is to be wrong with them. One thread.</summary>
internal sealed class HolderMaker(Random random)
{
    private static readonly (DecisionCode Code, BanKind Kind)[] BansByCode =
        [(DecisionCode.UseBan, BanKind.Use), (DecisionCode.SelfServiceBan, BanKind.SelfService), (DecisionCode.LoanBan, BanKind.Loan)];

    public CardFacts Card(HashSet<DecisionCode> wrong, Instant now)
    {
        var today = OpeningCalendar.DateAt(now);
        var expired = wrong.Contains(DecisionCode.CardExpired);
        return new CardFacts
        {
            Lost = wrong.Contains(DecisionCode.CardLost),
            CardExpiresOn = expired && OneOf(2) ? today.PlusDays(-1 - random.Next(3)) : OneOf(3) ? today.PlusDays(random.Next(4)) : null,
            CustomershipFrom = expired && OneOf(2) ? today.PlusDays(1 + random.Next(3)) : OneOf(4) ? today.PlusDays(-random.Next(4)) : null,
            CustomershipTo = expired ? today.PlusDays(-1 - random.Next(3)) : OneOf(4) ? today.PlusDays(random.Next(4)) : null,
            Restricted = wrong.Contains(DecisionCode.PatronRestricted),
            Bans = [.. Bans(wrong, now)],
            Group = wrong.Contains(DecisionCode.GroupNotAllowed) ? OneOf(2) ? "community" : "nobody" : OneOf(4) ? "child" : "adult",
            GuardianConsent = !wrong.Contains(DecisionCode.Underage),
            TermsAccepted = !wrong.Contains(DecisionCode.TermsNotAccepted),
            Registered = !wrong.Contains(DecisionCode.NotRegistered),
            FeesCents = wrong.Contains(DecisionCode.FeesOverLimit) ? BranchMaker.FeesLimit + 1 + random.Next(2) : random.Next((int)BranchMaker.FeesLimit + 1),
            Language = (Language)random.Next(4),
            Guesses = Guesses(wrong, now),
            ExtendedTime = IsEven(now),
        };
    }

    /// <summary>A day of birth: of a grown-up, or of somebody who comes of age within days.</summary>
    public LocalDate Born(HashSet<DecisionCode> wrong, Instant now)
    {
        var today = OpeningCalendar.DateAt(now);
        return wrong.Contains(DecisionCode.Underage) ? today.PlusYears(-BranchMaker.MinimumAge).PlusDays(1 + random.Next(3))
            : OneOf(3) ? today.PlusYears(-BranchMaker.MinimumAge).PlusDays(-random.Next(3))
            : today.PlusYears(-20 - random.Next(60));
    }

    public BadgeFacts Badge(HashSet<DecisionCode> wrong, Instant now)
    {
        var today = OpeningCalendar.DateAt(now);
        var refused = wrong.Contains(DecisionCode.BadgeRefused);
        return new BadgeFacts
        {
            BadgeRef = "badge-1",
            Role = (BadgeRole)(1 + random.Next(4)),
            BranchIds = refused && OneOf(3) ? ["FI-Lh-Mukkula"] : OneOf(2) ? [SituationMaker.BranchId] : [],
            DoorIds = refused && OneOf(3) ? ["side"] : OneOf(2) ? ["front"] : [],
            Schedule = OneOf(3) ? BranchMaker.Weekly(PeriodKind.SelfService, 8 * 60, 20 * 60) : null,
            Revoked = refused && OneOf(2),
            ExpiresOn = refused ? today.PlusDays(-random.Next(2)) : OneOf(2) ? today.PlusDays(random.Next(3)) : null,
            ExtendedTime = IsEven(now),
        };
    }

    private IEnumerable<BanFact> Bans(HashSet<DecisionCode> wrong, Instant now)
    {
        foreach (var (code, kind) in BansByCode)
        {
            if (wrong.Contains(code))
                yield return new BanFact(kind, now - Soon(), OneOf(3) ? null : now + Soon(), OneOf(2) ? [] : [SituationMaker.BranchId]);
            else if (OneOf(12))
                yield return new BanFact(kind, now + Soon(), OneOf(2) ? null : now + Duration.FromDays(4), []);
            else if (OneOf(12))
                yield return new BanFact(kind, now - Soon(), null, ["FI-Lh-Mukkula"]);
        }
    }

    private GuessState Guesses(HashSet<DecisionCode> wrong, Instant now)
    {
        if (!wrong.Contains(DecisionCode.PinLocked) && !OneOf(6))
            return GuessState.None;
        var ends = wrong.Contains(DecisionCode.PinLocked) ? now + Soon() : now - Soon();
        return new GuessState
        {
            WrongInRow = 5,
            LockedUntil = ends,
            LockedForGood = wrong.Contains(DecisionCode.PinLocked) && OneOf(4),
            WrongTimes = [ends - Duration.FromHours(3), ends - Duration.FromHours(1)],
            LockTimes = [ends - Duration.FromHours(1)],
        };
    }

    // Of the time and not of chance: what each seed makes else stays as it was.
    private static bool IsEven(Instant now) => now.ToUnixTimeMilliseconds() % 2 == 0;

    private bool OneOf(int many) => random.Next(many) == 0;

    private Duration Soon() => Duration.FromMilliseconds(1 + random.Next(3 * 24 * 60 * 60 * 1000));
}
