using KioskLink.Register.Identity;

namespace KioskLink.Register.Permissions;

/// <summary>Who may set what patrons are allowed, and who may give badges.</summary>
internal static class PermissionRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("PermissionService/SetPermission", RoleSet.Librarians),
        new("PermissionService/GetPermission", RoleSet.Librarians | RoleSet.DataProtection),
        new("PermissionService/UpsertBadge", RoleSet.Technicians, CallPurpose.None),
        new("PermissionService/ListBadges", RoleSet.Technicians | RoleSet.Librarians, CallPurpose.None),
    ];
}
