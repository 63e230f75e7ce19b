using System.Globalization;
using NodaTime;
using NodaTime.Calendars;
using NodaTime.Text;

namespace KioskLink.Register.Statistics;

/// <summary>
/// A whole ISO week or calendar month in Helsinki. Patrons are told of these alone: periods of one kind never overlap, so that no two
/// answers differ by a day's visitors (R53). Pure.
/// </summary>
/// <param name="First">Its first day.</param>
/// <param name="Last">Its last day.</param>
/// <param name="Name">As told: 2026-W48 or 2026-11.</param>
internal sealed record StatisticsPeriod(LocalDate First, LocalDate Last, string Name)
{
    private static readonly LocalDatePattern MonthName = LocalDatePattern.CreateWithInvariantCulture("uuuu-MM");

    /// <summary>The week that holds a day.</summary>
    public static StatisticsPeriod Week(LocalDate day)
    {
        var monday = day.DayOfWeek == IsoDayOfWeek.Monday ? day : day.Previous(IsoDayOfWeek.Monday);
        var (year, week) = (WeekYearRules.Iso.GetWeekYear(monday), WeekYearRules.Iso.GetWeekOfWeekYear(monday));
        return new StatisticsPeriod(monday, monday.PlusDays(6), string.Create(CultureInfo.InvariantCulture, $"{year:0000}-W{week:00}"));
    }

    /// <summary>The month that holds a day.</summary>
    public static StatisticsPeriod Month(LocalDate day)
    {
        var first = day.With(DateAdjusters.StartOfMonth);
        return new StatisticsPeriod(first, day.With(DateAdjusters.EndOfMonth), MonthName.Format(first));
    }

    /// <summary>Whether days can begin a span of whole weeks or months.</summary>
    public static bool MayBegin(LocalDate day) => day.DayOfWeek == IsoDayOfWeek.Monday || day.Day == 1;

    /// <summary>Whether days that begin so are whole weeks, or whole months.</summary>
    public static bool IsWhole(DateInterval days) =>
        (Week(days.Start).First == days.Start && Week(days.End).Last == days.End)
        || (Month(days.Start).First == days.Start && Month(days.End).Last == days.End);
}
