using KioskLink.Register.Console.Texts;
using KioskLink.Register.Statistics;
using KioskLink.Rules.Branches;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Console.Statistics;

/// <summary>A week or month to choose, with its days (ISO 8601).</summary>
/// <param name="Name">Its name on the wire: 2026-W48 or 2026-11.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
public sealed record ShownPeriod(string Name, string From, string To)
{
    /// <summary>What people read.</summary>
    public string Text { get; init; } = Name;
}

/// <summary>The weeks and months that the page offers, the newest that is counted first. Pure.</summary>
internal static class Periods
{
    private const int WeeksOffered = 52;
    private const int MonthsOffered = 24;

    /// <summary>Weeks whose visitors may be counted by now.</summary>
    public static IReadOnlyList<ShownPeriod> Weeks(Words words, Instant now)
    {
        var newest = OpeningCalendar.DateAt(now).PlusDays(-VisitorWeeks.DaysMax);
        return [.. Enumerable.Range(0, WeeksOffered).Select(back => StatisticsPeriod.Week(newest.PlusWeeks(-back))).Select(week => Of(week) with
        {
            Text = words.Fill("statistics.weekName", week.Name, words.Date(Iso(week.First)), words.Date(Iso(week.Last))),
        })];
    }

    /// <summary>Months that have ended.</summary>
    public static IReadOnlyList<ShownPeriod> Months(Instant now) =>
        [.. Enumerable.Range(1, MonthsOffered).Select(back => Of(StatisticsPeriod.Month(OpeningCalendar.DateAt(now).PlusMonths(-back))))];

    /// <summary>The one that is asked for, or the newest.</summary>
    public static ShownPeriod Of(string? name, IReadOnlyList<ShownPeriod> offered) => offered.FirstOrDefault(one => one.Name == name) ?? offered[0];

    /// <summary>A date as on the wire.</summary>
    public static string Iso(LocalDate date) => LocalDatePattern.Iso.Format(date);

    private static ShownPeriod Of(StatisticsPeriod period) => new(period.Name, Iso(period.First), Iso(period.Last));
}
