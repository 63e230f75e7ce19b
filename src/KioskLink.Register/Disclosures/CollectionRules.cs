using KioskLink.Rules.Identity;
using NodaTime;
using NodaTime.Calendars;

namespace KioskLink.Register.Disclosures;

/// <summary>What goes to collection, and in which week (R46, R47). Pure.</summary>
internal static class CollectionRules
{
    /// <summary>The age from which on a person's material goes to collection.</summary>
    public const int Adult = 18;

    /// <summary>The last due date that is old enough: on the 60th day after it the item goes, on the 59th it does not.</summary>
    public static LocalDate LatestDue(LocalDate today, int overdueDays) => today.PlusDays(-overdueDays);

    /// <summary>Whether somebody is of age today; a community, which has no birthday, is no adult.</summary>
    public static bool IsAdult(LocalDate? born, LocalDate today) => born is { } day && AgeRule.OkFrom(day, Adult) <= today;

    /// <summary>The ISO week of a date: 2026-W49.</summary>
    public static string WeekOf(LocalDate date)
    {
        var rule = WeekYearRules.Iso;
        return $"{rule.GetWeekYear(date):0000}-W{rule.GetWeekOfWeekYear(date):00}";
    }
}
