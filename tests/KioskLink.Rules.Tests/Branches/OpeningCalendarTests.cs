using KioskLink.Rules.Branches;
using NodaTime;
using static KioskLink.Rules.Branches.PeriodKind;
using static KioskLink.Rules.Tests.Branches.Hours;
using Period = KioskLink.Rules.Branches.Period;

namespace KioskLink.Rules.Tests.Branches;

public class OpeningCalendarTests
{
    // Saturday.
    private static readonly LocalDate Day = new(2026, 11, 21);

    [Theory]
    [InlineData("05:59:59", Closed)]
    [InlineData("06:00:00", SelfService)]
    [InlineData("09:59:59", SelfService)]
    [InlineData("10:00:00", Staffed)]
    [InlineData("17:59:59", Staffed)]
    [InlineData("18:00:00", SelfService)]
    [InlineData("21:59:59", SelfService)]
    [InlineData("22:00:00", Closed)]
    public void A_day_of_several_periods_changes_on_the_second(string time, PeriodKind expected)
    {
        var hours = EveryDay(P("06:00", "10:00", SelfService), P("10:00", "18:00", Staffed), P("18:00", "22:00", SelfService));
        Assert.Equal(expected, OpeningCalendar.KindAt(hours, At(Day, time)));
    }

    [Fact]
    public void A_period_past_midnight_belongs_to_the_day_before()
    {
        var hours = On(IsoDayOfWeek.Friday, P("20:00", "02:00", SelfService));
        Assert.Equal(SelfService, OpeningCalendar.KindAt(hours, At(Day, "01:59:59")));
        Assert.Equal(Closed, OpeningCalendar.KindAt(hours, At(Day, "02:00:00")));
        Assert.Equal(Closed, OpeningCalendar.KindAt(hours, At(Day.PlusDays(-1), "19:59:59")));
        Assert.Equal(Closed, OpeningCalendar.KindAt(hours, At(Day.PlusDays(1), "01:00:00")));
    }

    [Fact]
    public void A_night_runs_into_an_exception_date_and_the_exceptions_own_night_out_of_it()
    {
        var week = EveryDay(P("20:00", "02:00", SelfService));
        var hours = week with { Exceptions = new Dictionary<LocalDate, IReadOnlyList<Period>> { [Day] = [P("23:00", "04:00", Staffed)] } };
        Assert.Equal(SelfService, OpeningCalendar.KindAt(hours, At(Day, "01:00:00")));
        Assert.Equal(Closed, OpeningCalendar.KindAt(hours, At(Day, "20:00:00")));
        Assert.Equal(Staffed, OpeningCalendar.KindAt(hours, At(Day, "23:30:00")));
        Assert.Equal(Staffed, OpeningCalendar.KindAt(hours, At(Day.PlusDays(1), "03:00:00")));
        Assert.Equal(SelfService, OpeningCalendar.KindAt(hours, At(Day.PlusDays(1), "20:00:00")));
    }

    [Fact]
    public void A_holiday_is_closed_all_day()
    {
        var independence = new LocalDate(2026, 12, 6);
        var hours = AllDay() with { Exceptions = new Dictionary<LocalDate, IReadOnlyList<Period>> { [independence] = [] } };
        Assert.Equal(SelfService, OpeningCalendar.KindAt(hours, At(independence, "00:00:00") - Duration.FromSeconds(1)));
        Assert.Equal(Closed, OpeningCalendar.KindAt(hours, At(independence, "00:00:00")));
        Assert.Equal(Closed, OpeningCalendar.KindAt(hours, At(independence, "23:59:59")));
        Assert.Equal(SelfService, OpeningCalendar.KindAt(hours, At(independence.PlusDays(1), "00:00:00")));
    }

    [Fact]
    public void A_day_that_ends_at_24_00_runs_into_the_next_without_a_gap()
    {
        var hours = AllDay();
        Assert.Equal(SelfService, OpeningCalendar.KindAt(hours, At(Day, "23:59:59")));
        Assert.Equal(SelfService, OpeningCalendar.KindAt(hours, At(Day.PlusDays(1), "00:00:00")));
        Assert.Null(OpeningCalendar.Until(hours, At(Day, "12:00:00")));
    }

    [Theory]
    [InlineData("09:30:00", SelfService)]
    [InlineData("10:30:00", SelfService)]
    [InlineData("11:30:00", Closed)]
    [InlineData("12:30:00", Closed)]
    [InlineData("13:30:00", Staffed)]
    public void Where_periods_overlap_closed_beats_self_service_beats_staffed(string time, PeriodKind expected)
    {
        var hours = EveryDay(P("10:00", "14:00", Staffed), P("09:00", "12:00", SelfService), P("11:00", "13:00", Closed));
        Assert.Equal(expected, OpeningCalendar.KindAt(hours, At(Day, time)));
    }

    [Fact]
    public void A_weekday_without_periods_is_closed()
    {
        var hours = On(IsoDayOfWeek.Monday, P("06:00", "22:00", SelfService));
        Assert.Equal(Closed, OpeningCalendar.KindAt(hours, At(Day, "12:00:00")));
    }

    [Theory]
    [InlineData(2026, 3, 29, 2)]
    [InlineData(2026, 10, 25, 4)]
    [InlineData(2027, 3, 28, 2)]
    [InlineData(2027, 10, 31, 4)]
    [InlineData(2026, 11, 21, 3)]
    public void A_window_from_2_to_5_lasts_2_hours_in_spring_and_4_in_autumn(int year, int month, int day, int expectedHours)
    {
        var hours = EveryDay(P("02:00", "05:00", SelfService));
        var midnight = At(new LocalDate(year, month, day), "00:00:00");
        var open = Enumerable.Range(0, 8 * 60).Count(m => OpeningCalendar.KindAt(hours, midnight + Duration.FromMinutes(m)) == SelfService);
        Assert.Equal(expectedHours * 60, open);
    }

    [Theory]
    [InlineData(2026, 3, 29)]
    [InlineData(2026, 10, 25)]
    public void Ordinary_hours_last_16_hours_on_the_days_when_clocks_change(int year, int month, int day)
    {
        var hours = EveryDay(P("06:00", "22:00", SelfService));
        var opening = OpeningCalendar.NextOpening(hours, At(new LocalDate(year, month, day), "00:00:00"));
        Assert.Equal(At(new LocalDate(year, month, day), "06:00:00"), opening);
        Assert.Equal(Duration.FromHours(16), OpeningCalendar.Until(hours, opening!.Value) - opening);
    }

    [Fact]
    public void An_opening_that_does_not_exist_in_spring_is_the_next_valid_instant()
    {
        var hours = EveryDay(P("03:30", "06:00", SelfService));
        var change = Instant.FromUtc(2026, 3, 29, 1, 0);
        Assert.Equal(Closed, OpeningCalendar.KindAt(hours, change - Duration.FromSeconds(1)));
        Assert.Equal(SelfService, OpeningCalendar.KindAt(hours, change));
    }

    [Fact]
    public void A_window_inside_the_hour_that_spring_skips_never_opens()
    {
        var hours = EveryDay(P("03:10", "03:50", SelfService));
        var change = Instant.FromUtc(2026, 3, 29, 1, 0);
        Assert.All(Enumerable.Range(-60, 120), m => Assert.Equal(Closed, OpeningCalendar.KindAt(hours, change + Duration.FromMinutes(m))));
    }

    [Theory]
    [InlineData(2026, 3, 29, 5)]
    [InlineData(2026, 10, 25, 6.5)]
    [InlineData(2026, 11, 21, 5.5)]
    public void A_night_that_ends_in_the_hour_of_the_clock_change_ends_with_it(int year, int month, int day, double expectedHours)
    {
        var hours = EveryDay(P("22:00", "03:30", SelfService));
        var evening = At(new LocalDate(year, month, day).PlusDays(-1), "22:00:00");
        Assert.Equal(SelfService, OpeningCalendar.KindAt(hours, evening));
        Assert.Equal(evening + Duration.FromHours(expectedHours), OpeningCalendar.Until(hours, evening));
    }

    [Theory]
    [InlineData("00:00")]
    [InlineData("24:00")]
    public void An_end_at_midnight_is_the_end_of_the_day_however_it_is_written(string midnight)
    {
        var hours = EveryDay(P("18:00", midnight, SelfService));
        Assert.Equal(SelfService, OpeningCalendar.KindAt(hours, At(Day, "23:59:59")));
        Assert.Equal(Closed, OpeningCalendar.KindAt(hours, At(Day.PlusDays(1), "00:00:00")));
    }

    [Fact]
    public void A_period_that_ends_when_it_starts_lasts_for_24_hours()
    {
        var hours = On(IsoDayOfWeek.Saturday, P("06:00", "06:00", SelfService));
        Assert.Equal(Closed, OpeningCalendar.KindAt(hours, At(Day, "05:59:59")));
        Assert.Equal(At(Day.PlusDays(1), "06:00:00"), OpeningCalendar.Until(hours, At(Day, "06:00:00")));
    }

    [Fact]
    public void An_exception_may_fall_on_the_day_of_the_clock_change()
    {
        var spring = new LocalDate(2026, 3, 29);
        var hours = EveryDay() with { Exceptions = new Dictionary<LocalDate, IReadOnlyList<Period>> { [spring] = [P("00:00", "24:00", SelfService)] } };
        var opening = At(spring, "00:00:00");
        Assert.Equal(Closed, OpeningCalendar.KindAt(hours, opening - Duration.FromSeconds(1)));
        Assert.Equal(opening + Duration.FromHours(23), OpeningCalendar.Until(hours, opening));
    }

    [Fact]
    public void In_autumn_an_opening_takes_the_first_of_two_times_and_a_closing_the_last()
    {
        var hours = EveryDay(P("03:15", "03:45", SelfService));
        var first = Instant.FromUtc(2026, 10, 25, 0, 15);
        var last = Instant.FromUtc(2026, 10, 25, 1, 45);
        Assert.Equal(Closed, OpeningCalendar.KindAt(hours, first - Duration.FromSeconds(1)));
        Assert.Equal(SelfService, OpeningCalendar.KindAt(hours, first));
        Assert.Equal(SelfService, OpeningCalendar.KindAt(hours, last - Duration.FromSeconds(1)));
        Assert.Equal(Closed, OpeningCalendar.KindAt(hours, last));
    }

    [Fact]
    public void The_next_opening_skips_holidays_and_weekends()
    {
        var hours = On(IsoDayOfWeek.Monday, P("06:00", "22:00", SelfService)) with
        {
            Exceptions = new Dictionary<LocalDate, IReadOnlyList<Period>> { [new LocalDate(2026, 11, 23)] = [] },
        };
        Assert.Equal(At(new LocalDate(2026, 11, 30), "06:00:00"), OpeningCalendar.NextOpening(hours, At(Day, "12:00:00")));
    }

    [Fact]
    public void A_change_from_staffed_to_self_service_is_no_opening_but_an_end()
    {
        var hours = EveryDay(P("10:00", "18:00", Staffed), P("18:00", "22:00", SelfService));
        Assert.Equal(At(Day, "18:00:00"), OpeningCalendar.Until(hours, At(Day, "12:00:00")));
        Assert.Equal(At(Day.PlusDays(1), "10:00:00"), OpeningCalendar.NextOpening(hours, At(Day, "12:00:00")));
    }

    [Fact]
    public void A_branch_that_never_opens_has_no_next_opening() =>
        Assert.Null(OpeningCalendar.NextOpening(EveryDay(), At(Day, "12:00:00")));
}
