using KioskLink.Register.Identity;

namespace KioskLink.Register.Retention;

/// <summary>Who sees and starts retention, which names nobody, and erases what belongs to people.</summary>
internal static class RetentionRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("RetentionService/ListRules", RoleSet.DataProtection, CallPurpose.None),
        new("RetentionService/DryRun", RoleSet.DataProtection, CallPurpose.None),
        new("RetentionService/ApproveRun", RoleSet.DataProtection, CallPurpose.None) { IsOfPeople = true },
        new("RetentionService/RunRetention", RoleSet.DataProtection, CallPurpose.None) { IsOfPeople = true },
        new("RetentionService/ListRuns", RoleSet.DataProtection, CallPurpose.None),
    ];
}
