using KioskLink.Register.Identity;

namespace KioskLink.Register.Disclosures;

/// <summary>Who may disclose, and who may see what was disclosed.</summary>
internal static class DisclosureRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("DisclosureService/RunCollection", RoleSet.Administrators, CallPurpose.Collection),
        new("DisclosureService/ExportInvoices", RoleSet.Administrators, CallPurpose.Collection),
        new("DisclosureService/ExportAddressQuery", RoleSet.Administrators, CallPurpose.LoanControl),
        new("DisclosureService/ImportAddressAnswer", RoleSet.Administrators, CallPurpose.LoanControl),
        new("DisclosureService/GetStatistics", RoleSet.Librarians | RoleSet.DataProtection, CallPurpose.Statistics),
        new("DisclosureService/DiscloseStatistics", RoleSet.Librarians | RoleSet.DataProtection, CallPurpose.Statistics),
        new("DisclosureService/DisclosePatron", RoleSet.DataProtection),
        new("DisclosureService/SetDisclosurePermission", RoleSet.Librarians),
        new("DisclosureService/ListRestrictedClaims", RoleSet.Of(CallerRole.DataProtectionOfficer), CallPurpose.Collection),
        new("DisclosureService/DecideRestrictedClaim", RoleSet.Of(CallerRole.DataProtectionOfficer), CallPurpose.Collection),
        new("DisclosureService/ListDisclosures", RoleSet.DataProtection),
        new("DisclosureService/ListDisclosuresOf", RoleSet.Librarians | RoleSet.DataProtection),
        new("DisclosureService/ListProcessors", RoleSet.DataProtection, CallPurpose.None),
        new("DisclosureService/ExportRecordOfProcessing", RoleSet.DataProtection, CallPurpose.None),
    ];
}
