using KioskLink.Register.Identity;

namespace KioskLink.Register.Bans;

/// <summary>Who may ban.</summary>
internal static class BanRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("BanService/AddBan", RoleSet.Librarians),
        new("BanService/LiftBan", RoleSet.Librarians),
        new("BanService/ListBans", RoleSet.Librarians | RoleSet.DataProtection),
        new("BanService/GetReach", RoleSet.Librarians | RoleSet.DataProtection | RoleSet.Technicians),
        new("BanService/ListBanChecks", RoleSet.Librarians | RoleSet.Technicians, CallPurpose.None),
        new("BanService/CheckEnforcement", RoleSet.Librarians | RoleSet.Technicians, CallPurpose.None),
    ];
}
