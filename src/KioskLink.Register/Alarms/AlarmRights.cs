using KioskLink.Register.Identity;

namespace KioskLink.Register.Alarms;

/// <summary>Who sees alarms, looks after them, and sees and tests to whom they are sent.</summary>
internal static class AlarmRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("AlarmService/ListAlarms", RoleSet.Librarians | RoleSet.Technicians, CallPurpose.None, AuditKind.None),
        new("AlarmService/WatchAlarms", RoleSet.Librarians | RoleSet.Technicians, CallPurpose.None, AuditKind.None),
        new("AlarmService/AcknowledgeAlarm", RoleSet.Technicians, CallPurpose.None),
        new("AlarmService/ListAlarmRoutes", RoleSet.Technicians, CallPurpose.None),
        new("AlarmService/SendTestAlarm", RoleSet.Technicians, CallPurpose.None),
    ];
}
