using System.Globalization;
using KioskLink.Rules.Branches;
using NodaTime;
using Period = NodaTime.Period;

namespace KioskLink.Register.Retention;

/// <summary>The unit of a period.</summary>
internal enum KeepUnit
{
    /// <summary>Days.</summary>
    Days,

    /// <summary>Calendar months.</summary>
    Months,

    /// <summary>Calendar years.</summary>
    Years,
}

/// <summary>
/// How long data is kept. Months and years, and days unless they are counted by the hour, are calendar arithmetic on Helsinki
/// dates: what dates from day D is due on the first day that is not before D and the period. Pure.
/// </summary>
/// <param name="Count">How many, at least 1.</param>
/// <param name="Unit">Of what.</param>
internal readonly record struct KeepPeriod(int Count, KeepUnit Unit)
{
    private const int CountMax = 1200;

    private Period Span => Unit switch
    {
        KeepUnit.Days => Period.FromDays(Count),
        KeepUnit.Months => Period.FromMonths(Count),
        _ => Period.FromYears(Count),
    };

    /// <summary>Reads `14 days`, `1 month`, `3 years`; null when it is none of them.</summary>
    public static KeepPeriod? Find(string text)
    {
        var parts = text.Split(' ');
        KeepUnit? unit = parts.Length != 2 ? null : parts[1].TrimEnd('s') switch
        {
            "day" => KeepUnit.Days,
            "month" => KeepUnit.Months,
            "year" => KeepUnit.Years,
            _ => null,
        };
        return unit is { } known && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= CountMax
            ? new KeepPeriod(count, known)
            : null;
    }

    /// <summary>The day on which what dates from a day is due.</summary>
    public LocalDate DueOn(LocalDate from) => from + Span;

    /// <summary>What lies before this instant is due now, on Helsinki dates.</summary>
    public Instant CutoffByDate(Instant now)
    {
        var today = OpeningCalendar.DateAt(now);
        // Going back and forth is not the same at the ends of months: 31.1. is due on 28.2., and so are 28., 29. and 30.1.
        var last = today - Span;
        while (DueOn(last.PlusDays(1)) <= today)
        {
            last = last.PlusDays(1);
        }

        return OpeningCalendar.Zone.AtStartOfDay(last.PlusDays(1)).ToInstant();
    }

    /// <summary>What lies before this instant is due now, a day being exactly 24 hours.</summary>
    public Instant CutoffByTheHour(Instant now) => now - Duration.FromDays(Count) + Duration.FromMilliseconds(1);
}
