using KioskLink.Register.Identity;

namespace KioskLink.Register.Staff;

/// <summary>Who may sign in, and who may make and change accounts.</summary>
internal static class StaffRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("StaffService/CreateAccount", RoleSet.Administrators, CallPurpose.None),
        new("StaffService/SetUpAccount", RoleSet.Visitors, CallPurpose.None),
        new("StaffService/SignIn", RoleSet.Visitors, CallPurpose.None),
        new("StaffService/SignInRobot", RoleSet.Visitors, CallPurpose.None),
        new("StaffService/GetSession", RoleSet.Staff | RoleSet.Robots, CallPurpose.None, AuditKind.None) { BeforeUndertaking = true },
        new("StaffService/SignOut", RoleSet.Staff | RoleSet.Robots, CallPurpose.None) { BeforeUndertaking = true },
        new("StaffService/GetUndertaking", RoleSet.Staff, CallPurpose.None, AuditKind.None) { BeforeUndertaking = true },
        new("StaffService/AcceptUndertaking", RoleSet.Staff, CallPurpose.None) { BeforeUndertaking = true },
        new("StaffService/ListAccounts", RoleSet.DataProtection, CallPurpose.None),
        new("StaffService/ChangeRoles", RoleSet.Administrators, CallPurpose.None),
        new("StaffService/LockAccount", RoleSet.Administrators, CallPurpose.None),
        new("StaffService/UnlockAccount", RoleSet.Administrators, CallPurpose.None),
        new("StaffService/ResetSecondFactor", RoleSet.Administrators, CallPurpose.None),
        new("StaffService/RenewAdministrator", RoleSet.Administrators, CallPurpose.None),
        new("StaffService/RevokeAdministrator", RoleSet.Administrators, CallPurpose.None),
        new("StaffService/VerifyStaff", RoleSet.Nodes, CallPurpose.None, AuditKind.Everybody),
        new("StaffService/CheckStaff", RoleSet.Nodes, CallPurpose.None, AuditKind.None),
    ];
}
