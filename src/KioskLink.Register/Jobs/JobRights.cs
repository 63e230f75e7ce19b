using KioskLink.Register.Identity;

namespace KioskLink.Register.Jobs;

/// <summary>Who sees and starts jobs.</summary>
internal static class JobRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("JobService/ListJobs", RoleSet.DataProtection | RoleSet.Technicians, CallPurpose.None),
        new("JobService/RunJob", RoleSet.Administrators, CallPurpose.None),
    ];
}
