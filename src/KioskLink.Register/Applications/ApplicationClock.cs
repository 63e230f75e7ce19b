using KioskLink.Register.Profiles;
using KioskLink.Register.Retention;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Applications;

/// <summary>
/// How long an application is kept (R34): for the profile's period from its day in Helsinki, or to the last day of a shorter month
/// (31.1. to 28.2.); over at 00:00 of that day. Pure.
/// </summary>
internal static class ApplicationClock
{
    /// <summary>The first moment at which the time is over.</summary>
    public static Instant OverAt(Instant received, ConsortiumProfile profile)
    {
        var period = profile.Retention.Single(entry => entry.Rule == RetentionRules.Applications).Period!.Value;
        return OpeningCalendar.Zone.AtStartOfDay(period.DueOn(OpeningCalendar.DateAt(received))).ToInstant();
    }
}
