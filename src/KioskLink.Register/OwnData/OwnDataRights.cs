using KioskLink.Register.Identity;

namespace KioskLink.Register.OwnData;

/// <summary>The own view is for patrons alone: whoever has a certificate has other calls.</summary>
internal static class OwnDataRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("OwnDataService/BeginMySession", RoleSet.Patrons),
        new("OwnDataService/EndMySession", RoleSet.Patrons, CallPurpose.None, AuditKind.None),
        new("OwnDataService/GetMyData", RoleSet.Patrons),
        new("OwnDataService/GetMyLoans", RoleSet.Patrons),
        new("OwnDataService/UpdateMyContact", RoleSet.Patrons),
        new("OwnDataService/ChangeMyPin", RoleSet.Patrons),
        new("OwnDataService/ReportMyCardLost", RoleSet.Patrons),
        new("OwnDataService/AcceptTerms", RoleSet.Patrons),
        new("OwnDataService/SetMyConsent", RoleSet.Patrons),
    ];
}
