using KioskLink.Register.Identity;

namespace KioskLink.Register.Applications;

/// <summary>Who may hand applications in, process and decide them.</summary>
internal static class ApplicationRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("ApplicationService/SubmitApplication", RoleSet.Robots | RoleSet.Librarians),
        new("ApplicationService/ListApplications", RoleSet.Librarians | RoleSet.DataProtection),
        new("ApplicationService/GetApplication", RoleSet.Librarians | RoleSet.DataProtection),
        new("ApplicationService/ProcessApplications", RoleSet.Robots | RoleSet.Administrators),
        new("ApplicationService/DecideApplication", RoleSet.Librarians),
        new("ApplicationService/RejectApplication", RoleSet.Librarians),
    ];
}
