using KioskLink.Rules.Branches;

namespace KioskLink.Rules.Access;

/// <summary>Which rules a badge passes by its role, and when a badge is good.</summary>
internal static class BadgePasses
{
    /// <summary>Rescue and guards pass everything, staff all but a lockdown, cleaners what an outage would deny them. Hours and the age of facts ask no badge.</summary>
    public static bool Allows(BadgeRole role, DecisionCode code) => role switch
    {
        BadgeRole.Rescue or BadgeRole.Guard => true,
        BadgeRole.Staff => code != DecisionCode.Lockdown,
        BadgeRole.Cleaner => code is DecisionCode.OfflineRefused or DecisionCode.ClockUntrusted,
        _ => false,
    };

    /// <summary>Whether a badge is not revoked, not expired, and used at its branches and doors within its schedule.</summary>
    public static bool IsGood(BadgeFacts badge, EntryAttempt attempt) =>
        !badge.Revoked
        && !(badge.ExpiresOn < attempt.Today)
        && Lists(badge.BranchIds, attempt.Branch?.Id)
        && Lists(badge.DoorIds, attempt.Door.DoorId)
        && (badge.Schedule is not { } schedule || OpeningCalendar.KindAt(schedule, attempt.Now) != PeriodKind.Closed);

    /// <summary>Whether a branch or door is listed; none listed means all.</summary>
    public static bool Lists(IReadOnlyList<string> ids, string? id) => ids.Count == 0 || (id is not null && ids.Contains(id));
}
