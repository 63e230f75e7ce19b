using KioskLink.Register.Identity;

namespace KioskLink.Register.Branches;

/// <summary>Who may set up branches, command doors and change hours.</summary>
internal static class BranchRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("BranchService/ApplyBranch", RoleSet.Technicians, CallPurpose.None),
        new("BranchService/GetBranch", RoleSet.Nodes | RoleSet.Staff, CallPurpose.None, AuditKind.None),
        new("BranchService/ListBranches", RoleSet.Staff, CallPurpose.None, AuditKind.None),
        new("BranchService/SuspendBranch", RoleSet.Librarians | RoleSet.Technicians, CallPurpose.None),
        new("BranchService/ResumeBranch", RoleSet.Librarians | RoleSet.Technicians, CallPurpose.None),
        new("BranchService/ListSuspensions", RoleSet.Staff, CallPurpose.None, AuditKind.None),
        new("BranchService/CommandDoor", RoleSet.Librarians | RoleSet.Technicians, CallPurpose.None),
        new("OpeningHoursService/GetOpeningHours", RoleSet.Nodes | RoleSet.Staff, CallPurpose.None, AuditKind.None),
        new("OpeningHoursService/SetOpeningHours", RoleSet.Librarians | RoleSet.Technicians, CallPurpose.None),
    ];
}
