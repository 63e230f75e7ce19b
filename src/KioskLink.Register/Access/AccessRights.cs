using KioskLink.Register.Identity;

namespace KioskLink.Register.Access;

/// <summary>Who may have access decided, credentials checked and attempts listed.</summary>
internal static class AccessRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("AccessService/AuthorizeEntry", RoleSet.Nodes | RoleSet.Administrators, CallPurpose.SelfService, AuditKind.None),
        new("AccessService/VerifyCredentials", RoleSet.Nodes | RoleSet.Librarians | RoleSet.EServices, CallPurpose.SelfService, AuditKind.Behind),
        new("AccessService/ExplainAccess", RoleSet.Librarians | RoleSet.DataProtection),
        new("AccessService/ListAttempts", RoleSet.Librarians | RoleSet.DataProtection | RoleSet.Technicians),
    ];
}
