using KioskLink.Register.Identity;

namespace KioskLink.Register.Audit;

/// <summary>Who may read and verify the audit log; reading it is noted in it.</summary>
internal static class AuditRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("AuditService/Verify", RoleSet.DataProtection, CallPurpose.None),
        new("AuditService/ListEvents", RoleSet.DataProtection),
    ];
}
