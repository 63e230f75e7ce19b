using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Rules.Loans;

/// <summary>Last days of loans and of waiting, on the calendar of Helsinki: none falls on a day on which the branch is shut. Pure.</summary>
public static class LoanDates
{
    /// <summary>So many days after a day, or the first day after it on which the branch is open.</summary>
    /// <param name="hours">The branch's hours; null where they are not known.</param>
    /// <param name="from">The day from which it counts.</param>
    /// <param name="days">How many.</param>
    /// <remarks>A branch that is not open within <see cref="OpeningCalendar.HorizonDays"/> moves nothing.</remarks>
    public static LocalDate After(OpeningHours? hours, LocalDate from, int days)
    {
        var last = from.PlusDays(days);
        if (hours is null)
        {
            return last;
        }

        for (var day = last; day < last.PlusDays(OpeningCalendar.HorizonDays); day = day.PlusDays(1))
        {
            if (IsOpenOn(hours, day))
            {
                return day;
            }
        }

        return last;
    }

    /// <summary>Whether the branch opens on a day, staffed or for self-service.</summary>
    public static bool IsOpenOn(OpeningHours hours, LocalDate day)
    {
        ArgumentNullException.ThrowIfNull(hours);
        var periods = hours.Exceptions.TryGetValue(day, out var exception) ? exception
            : hours.Week.TryGetValue(day.DayOfWeek, out var week) ? week
            : [];
        return periods.Any(period => period.Kind != PeriodKind.Closed);
    }
}
