using KioskLink.Register.Identity;

namespace KioskLink.Register.Patrons;

/// <summary>Who may see and change patrons.</summary>
internal static class PatronRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("PatronService/UpsertPatron", RoleSet.Librarians),
        new("PatronService/GetPatron", RoleSet.Librarians | RoleSet.DataProtection),
        new("PatronService/SearchPatrons", RoleSet.Librarians | RoleSet.DataProtection),
        new("PatronService/FindResponsiblePersons", RoleSet.Librarians | RoleSet.DataProtection),
        new("PatronService/GetPatronForm", RoleSet.Staff | RoleSet.Robots, CallPurpose.None, AuditKind.None),
        new("PatronService/ImportPatrons", RoleSet.Administrators),
    ];
}
