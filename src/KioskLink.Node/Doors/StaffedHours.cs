using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Node.Doors;

/// <summary>When a door is free for all: in staffed hours, once staff is there, and only on hours and a clock that can be relied on. Pure.</summary>
internal static class StaffedHours
{
    private static readonly DateTimeZone Helsinki = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];

    /// <summary>Whether doors are free.</summary>
    /// <param name="branch">The branch; null frees nothing.</param>
    /// <param name="staffPresent">Whether staff has come today.</param>
    /// <param name="clockTrusted">Whether the clock can be relied on.</param>
    /// <param name="factsAge">Age of the hours.</param>
    /// <param name="now">The time.</param>
    public static bool AreFree(BranchPolicy? branch, bool staffPresent, bool clockTrusted, Duration factsAge, Instant now) =>
        branch is { Hours: { } hours }
        && clockTrusted
        && factsAge <= branch.HoursMaxAge
        && (staffPresent || !branch.FirstPersonIn)
        && !branch.Suspensions.Any(suspension => suspension.IsInForce(now))
        && !branch.Maintenance.Any(window => window.IsInForce(now))
        && OpeningCalendar.KindAt(hours, now) == PeriodKind.Staffed;

    /// <summary>The day in Finland, for which staff counts as present.</summary>
    public static LocalDate DayOf(Instant now) => now.InZone(Helsinki).Date;
}
