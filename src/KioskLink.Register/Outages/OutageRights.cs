using KioskLink.Register.Identity;

namespace KioskLink.Register.Outages;

/// <summary>Who may announce, report and end outages; what is down anybody of the house may know.</summary>
internal static class OutageRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("OutageService/AddOutage", RoleSet.Librarians | RoleSet.Technicians, CallPurpose.None),
        new("OutageService/ChangeOutage", RoleSet.Librarians | RoleSet.Technicians, CallPurpose.None),
        new("OutageService/EndOutage", RoleSet.Librarians | RoleSet.Technicians, CallPurpose.None),
        new("OutageService/ListOutages", RoleSet.Staff, CallPurpose.None, AuditKind.None),
        new("OutageService/GetServiceStatus", RoleSet.Nodes | RoleSet.Staff, CallPurpose.None, AuditKind.None),
    ];
}
