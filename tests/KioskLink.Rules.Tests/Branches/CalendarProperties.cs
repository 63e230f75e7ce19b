using FsCheck;
using FsCheck.Fluent;
using KioskLink.Rules.Branches;
using NodaTime;
using Period = KioskLink.Rules.Branches.Period;

namespace KioskLink.Rules.Tests.Branches;

public class CalendarProperties
{
    private static readonly Gen<Period> AnyPeriod =
        from start in Gen.Choose(0, 95)
        from end in Gen.Choose(1, 96)
        from kind in Gen.Elements(Enum.GetValues<PeriodKind>())
        select new Period(start * 15, end * 15, kind);

    // A week around a clock change, so that its odd hour is often met.
    private static readonly Gen<(OpeningHours Hours, Instant Now)> AnyMoment =
        from periods in AnyPeriod.ArrayOf(3)
        from exception in AnyPeriod.ArrayOf(1)
        from change in Gen.Elements(Instant.FromUtc(2026, 3, 29, 1, 0), Instant.FromUtc(2026, 10, 25, 1, 0), Instant.FromUtc(2026, 11, 21, 1, 0))
        from day in Gen.Choose(-2, 2)
        from minute in Gen.Choose(-1500, 1500)
        select (
            Hours.EveryDay(periods) with
            {
                Exceptions = new Dictionary<LocalDate, IReadOnlyList<Period>> { [OpeningCalendar.DateAt(change).PlusDays(day)] = exception },
            },
            change + Duration.FromMinutes(minute));

    [Fact]
    public void Away_from_clock_changes_the_wall_clock_alone_decides() => Hold((hours, now) =>
    {
        var local = now.InZone(OpeningCalendar.Zone).LocalDateTime;
        var isNearChange = OpeningCalendar.Zone.GetZoneIntervals(now - Duration.FromDays(2), now + Duration.FromDays(2)).Count() > 1;
        return isNearChange || OpeningCalendar.KindAt(hours, now) == KindByWallClock(hours, local);
    });

    [Fact]
    public void Until_is_the_first_minute_at_which_the_kind_changes() => Hold((hours, now) =>
    {
        var kind = OpeningCalendar.KindAt(hours, now);
        var expected = Minutes(now, 2 * 24 * 60).FirstOrDefault(minute => OpeningCalendar.KindAt(hours, minute) != kind);
        return expected == default || OpeningCalendar.Until(hours, now) == expected;
    });

    [Fact]
    public void The_next_opening_is_the_first_open_minute_after_a_closed_one() => Hold((hours, now) =>
    {
        var wasOpen = OpeningCalendar.KindAt(hours, now) != PeriodKind.Closed;
        Instant? expected = null;
        foreach (var minute in Minutes(now, 2 * 24 * 60))
        {
            var isOpen = OpeningCalendar.KindAt(hours, minute) != PeriodKind.Closed;
            if (isOpen && !wasOpen)
            {
                expected = minute;
                break;
            }

            wasOpen = isOpen;
        }

        return expected is null || OpeningCalendar.NextOpening(hours, now) == expected;
    });

    [Fact]
    public void Closing_a_part_of_the_day_never_opens_anything() => Hold((hours, now) =>
    {
        var closed = new Period(9 * 60, 17 * 60, PeriodKind.Closed);
        var narrower = hours with { Week = hours.Week.ToDictionary(day => day.Key, day => (IReadOnlyList<Period>)[.. day.Value, closed]) };
        return OpeningCalendar.KindAt(narrower, now) is var kind && (kind == PeriodKind.Closed || kind == OpeningCalendar.KindAt(hours, now));
    });

    /// <summary>Looks at the clock on the wall: today's periods, and what last night's left for the morning.</summary>
    private static PeriodKind KindByWallClock(OpeningHours hours, LocalDateTime local)
    {
        var minute = (local.Hour * 60) + local.Minute;
        var today = Of(local.Date).Where(period => period.From <= minute && (minute < period.To || period.To <= period.From));
        var night = Of(local.Date.PlusDays(-1)).Where(period => period.To <= period.From && minute < period.To);
        PeriodKind[] order = [PeriodKind.Closed, PeriodKind.SelfService, PeriodKind.Staffed];
        return order.FirstOrDefault(kind => today.Concat(night).Any(period => period.Kind == kind), PeriodKind.Closed);

        IReadOnlyList<Period> Of(LocalDate date) =>
            hours.Exceptions.TryGetValue(date, out var exception) ? exception : hours.Week.GetValueOrDefault(date.DayOfWeek, []);
    }

    private static IEnumerable<Instant> Minutes(Instant after, int count) =>
        Enumerable.Range(1, count).Select(minute => after + Duration.FromMinutes(minute));

    private static void Hold(Func<OpeningHours, Instant, bool> property) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200),
        Prop.ForAll(Arb.From(AnyMoment), moment => property(moment.Hours, moment.Now)));
}
