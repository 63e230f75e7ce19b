using KioskLink.Register.Retention;
using NodaTime;

namespace KioskLink.Register.Tests.Retention;

public sealed class KeepPeriodTests
{
    [Theory]
    [InlineData("1 month", "2026-02-28", "2026-01-31")]
    [InlineData("1 month", "2028-02-28", "2028-01-28")]
    [InlineData("1 month", "2028-02-29", "2028-01-31")]
    [InlineData("1 month", "2026-03-31", "2026-02-28")]
    [InlineData("3 months", "2026-05-30", "2026-02-28")]
    [InlineData("3 years", "2026-12-01", "2023-12-01")]
    [InlineData("3 years", "2027-02-28", "2024-02-29")]
    [InlineData("60 days", "2026-12-01", "2026-10-02")]
    public void The_last_day_that_is_due_counts_calendar_months_from_each_day_on(string keep, string today, string last)
    {
        var cutoff = KeepPeriod.Find(keep)!.Value.CutoffByDate(Midday(today));

        var lastDue = cutoff.Minus(Duration.Epsilon).InZone(DateTimeZoneProviders.Tzdb["Europe/Helsinki"]).Date;
        Assert.Equal(last, NodaTime.Text.LocalDatePattern.Iso.Format(lastDue));
    }

    [Fact]
    public void A_day_ends_at_midnight_in_Helsinki_and_not_in_UTC() =>
        Assert.Equal(Instant.FromUtc(2023, 12, 1, 22, 0), KeepPeriod.Find("3 years")!.Value.CutoffByDate(Instant.FromUtc(2026, 11, 30, 22, 0)));

    [Fact]
    public void Days_that_are_counted_by_the_hour_are_24_hours_over_a_change_of_the_clock_too() =>
        Assert.Equal(
            Instant.FromUtc(2026, 10, 18, 12, 0) + Duration.FromMilliseconds(1), KeepPeriod.Find("14 days")!.Value.CutoffByTheHour(Instant.FromUtc(2026, 11, 1, 12, 0)));

    [Theory]
    [InlineData("")]
    [InlineData("0 days")]
    [InlineData("-1 days")]
    [InlineData("14 fortnights")]
    [InlineData("14days")]
    [InlineData("99999 years")]
    public void What_is_no_period_is_none(string text) => Assert.Null(KeepPeriod.Find(text));

    private static Instant Midday(string date) =>
        NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value.At(LocalTime.Noon).InZoneStrictly(DateTimeZoneProviders.Tzdb["Europe/Helsinki"]).ToInstant();
}
