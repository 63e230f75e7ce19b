using KioskLink.Register.Facts;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Simulation.Agreement;

/// <summary>A moment at which some rule changes its mind.</summary>
internal enum BoundaryKind
{
    BanStart,
    BanEnd,
    CardExpiry,
    CustomershipStart,
    CustomershipEnd,
    BadgeExpiry,
    Age,
    OpeningHours,
    LockEnd,
    MaintenanceStart,
    MaintenanceEnd,
    SuspensionStart,
    SuspensionEnd,
    OfflineMaxAge,
    HoursMaxAge,
}

/// <summary>The boundaries near a situation; the two ages are boundaries of the facts' age, the others of the time.</summary>
internal static class Boundaries
{
    private static readonly Duration Near = Duration.FromDays(10);

    /// <summary>The boundaries of time.</summary>
    public static IEnumerable<(BoundaryKind Kind, Instant At)> OfTime(Situation situation, BranchPolicy? branch) =>
        OfHolder(situation.Presented.Entry, branch).Concat(OfBranch(branch, situation.Now))
            .Where(boundary => situation.Now - Near < boundary.At && boundary.At < situation.Now + Near);

    /// <summary>The boundaries of the facts' age.</summary>
    public static IEnumerable<(BoundaryKind Kind, Duration Age)> OfAge(BranchPolicy branch) =>
        [(BoundaryKind.OfflineMaxAge, branch.OfflineMaxAge), (BoundaryKind.HoursMaxAge, branch.HoursMaxAge)];

    private static IEnumerable<(BoundaryKind Kind, Instant At)> OfHolder(Entry? entry, BranchPolicy? branch) => entry switch
    {
        CardEntry card => OfCard(card, branch),
        BadgeEntry { Facts.ExpiresOn: { } day } => [(BoundaryKind.BadgeExpiry, EndOf(day))],
        _ => [],
    };

    private static IEnumerable<(BoundaryKind Kind, Instant At)> OfCard(CardEntry card, BranchPolicy? branch)
    {
        var facts = card.Facts;
        foreach (var ban in facts.Bans)
        {
            yield return (BoundaryKind.BanStart, ban.Start);
            if (ban.End is { } end)
                yield return (BoundaryKind.BanEnd, end);
        }
        if (facts.CardExpiresOn is { } lastOfCard)
            yield return (BoundaryKind.CardExpiry, EndOf(lastOfCard));
        if (facts.CustomershipFrom is { } first)
            yield return (BoundaryKind.CustomershipStart, StartOf(first));
        if (facts.CustomershipTo is { } last)
            yield return (BoundaryKind.CustomershipEnd, EndOf(last));
        if (facts.Guesses.LockedUntil is { } until)
            yield return (BoundaryKind.LockEnd, until);
        if (branch is not null && card.Born is { } born && card.FactsAt(branch, born).AgeOkFrom is { } oldEnough)
            yield return (BoundaryKind.Age, StartOf(oldEnough));
    }

    private static IEnumerable<(BoundaryKind Kind, Instant At)> OfBranch(BranchPolicy? branch, Instant now)
    {
        if (branch is null)
            return [];
        var hours = branch.Hours is { } known && OpeningCalendar.Until(known, now) is { } change ? new[] { (BoundaryKind.OpeningHours, change) } : [];
        return hours
            .Concat(branch.Maintenance.Select(window => (BoundaryKind.MaintenanceStart, window.Start)))
            .Concat(branch.Maintenance.Where(window => window.End is not null).Select(window => (BoundaryKind.MaintenanceEnd, window.End!.Value)))
            .Concat(branch.Suspensions.Select(time => (BoundaryKind.SuspensionStart, time.Start)))
            .Concat(branch.Suspensions.Where(time => time.End is not null).Select(time => (BoundaryKind.SuspensionEnd, time.End!.Value)));
    }

    private static Instant StartOf(LocalDate day) => OpeningCalendar.Zone.AtStartOfDay(day).ToInstant();

    private static Instant EndOf(LocalDate day) => StartOf(day.PlusDays(1));
}
