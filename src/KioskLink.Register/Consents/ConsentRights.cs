using KioskLink.Register.Identity;

namespace KioskLink.Register.Consents;

/// <summary>Who may enter consents and see the ledger.</summary>
internal static class ConsentRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("ConsentService/RecordConsent", RoleSet.Librarians),
        new("ConsentService/ListConsents", RoleSet.Librarians | RoleSet.DataProtection),
    ];
}
