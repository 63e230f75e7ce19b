using NodaTime;
using NodaTime.TimeZones;

namespace KioskLink.Rules.Branches;

/// <summary>
/// What a branch is at an instant, from its opening hours in Europe/Helsinki wall-clock time. A period belongs to the date on which it
/// starts, past midnight too: an exception replaces the periods of its own date, not the end of the night before. Pure and thread-safe.
/// </summary>
public static class OpeningCalendar
{
    /// <summary>How many days ahead a change or an opening is looked for.</summary>
    public const int HorizonDays = 62;

    private const int MinutesPerDay = 24 * 60;

    // An opening or closing that does not exist (spring) moves to the next valid instant; of two (autumn), an opening takes the first
    // and a closing the last (domain facts 3.3).
    private static readonly ZoneLocalMappingResolver Opening =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private static readonly ZoneLocalMappingResolver Closing =
        Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>The zone of every opening hour, from NodaTime's own data.</summary>
    public static DateTimeZone Zone { get; } = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];

    /// <summary>The Helsinki date at an instant.</summary>
    public static LocalDate DateAt(Instant now) => now.InZone(Zone).Date;

    /// <summary>What the branch is at an instant; where periods overlap, closed beats self-service beats staffed.</summary>
    public static PeriodKind KindAt(OpeningHours hours, Instant now)
    {
        ArgumentNullException.ThrowIfNull(hours);
        var today = DateAt(now);
        var kind = Strongest(null, hours, today.PlusDays(-1), now);
        return Strongest(kind, hours, today, now) ?? PeriodKind.Closed;
    }

    /// <summary>When the branch becomes something else than it is; null when it does not within the horizon.</summary>
    public static Instant? Until(OpeningHours hours, Instant now)
    {
        var kind = KindAt(hours, now);
        return FirstBoundary(hours, now, boundary => KindAt(hours, boundary) != kind);
    }

    /// <summary>The next instant after now at which the branch opens after being closed; null when there is none within the horizon.</summary>
    public static Instant? NextOpening(OpeningHours hours, Instant now)
    {
        var wasOpen = KindAt(hours, now) != PeriodKind.Closed;
        return FirstBoundary(hours, now, boundary =>
        {
            var isOpen = KindAt(hours, boundary) != PeriodKind.Closed;
            var opens = isOpen && !wasOpen;
            wasOpen = isOpen;
            return opens;
        });
    }

    private static Instant? FirstBoundary(OpeningHours hours, Instant now, Predicate<Instant> isWanted)
    {
        var today = DateAt(now);
        for (var date = today; date < today.PlusDays(HorizonDays); date = date.PlusDays(1))
        {
            foreach (var boundary in BoundariesOn(hours, date))
            {
                if (boundary > now && isWanted(boundary))
                {
                    return boundary;
                }
            }
        }

        return null;
    }

    private static IEnumerable<Instant> BoundariesOn(OpeningHours hours, LocalDate date)
    {
        var start = Zone.AtStartOfDay(date).ToInstant();
        var end = Zone.AtStartOfDay(date.PlusDays(1)).ToInstant();
        return Intervals(hours, date.PlusDays(-1)).Concat(Intervals(hours, date))
            .SelectMany(span => new[] { span.Start, span.End })
            .Where(boundary => start <= boundary && boundary < end)
            .Order();
    }

    private static IEnumerable<(Instant Start, Instant End)> Intervals(OpeningHours hours, LocalDate date) =>
        PeriodsOf(hours, date).Select(period => (StartOf(date, period), EndOf(date, period)));

    private static PeriodKind? Strongest(PeriodKind? best, OpeningHours hours, LocalDate date, Instant now)
    {
        foreach (var period in PeriodsOf(hours, date))
        {
            if (Rank(period.Kind) > Rank(best) && StartOf(date, period) <= now && now < EndOf(date, period))
            {
                best = period.Kind;
            }
        }

        return best;
    }

    private static int Rank(PeriodKind? kind) => kind switch
    {
        PeriodKind.Staffed => 1,
        PeriodKind.SelfService => 2,
        PeriodKind.Closed => 3,
        _ => 0,
    };

    private static IReadOnlyList<Period> PeriodsOf(OpeningHours hours, LocalDate date) =>
        hours.Exceptions.TryGetValue(date, out var exception) ? exception
        : hours.Week.TryGetValue(date.DayOfWeek, out var week) ? week
        : [];

    private static Instant StartOf(LocalDate date, Period period) => At(date, period.From, Opening);

    private static Instant EndOf(LocalDate date, Period period) =>
        At(date, period.To > period.From ? period.To : period.To + MinutesPerDay, Closing);

    private static Instant At(LocalDate date, int minutes, ZoneLocalMappingResolver resolver) =>
        Zone.ResolveLocal(date.AtMidnight().PlusMinutes(minutes), resolver).ToInstant();
}
