using KioskLink.Register.Identity;

namespace KioskLink.Register.Retention;

/// <summary>Who sees and starts retention, which names nobody.</summary>
internal static class RetentionRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("RetentionService/ListRules", RoleSet.DataProtection, CallPurpose.None),
        new("RetentionService/DryRun", RoleSet.DataProtection, CallPurpose.None),
        new("RetentionService/ApproveRun", RoleSet.DataProtection, CallPurpose.None),
        new("RetentionService/RunRetention", RoleSet.DataProtection, CallPurpose.None),
        new("RetentionService/ListRuns", RoleSet.DataProtection, CallPurpose.None),
    ];
}
