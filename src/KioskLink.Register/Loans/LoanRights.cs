using KioskLink.Register.Identity;

namespace KioskLink.Register.Loans;

/// <summary>Who may see loans and take them from the library system.</summary>
internal static class LoanRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("LoanService/GetLoanStatus", RoleSet.Nodes | RoleSet.Librarians, CallPurpose.CustomerService, AuditKind.Behind),
        new("LoanService/ListLoans", RoleSet.Librarians | RoleSet.DataProtection, CallPurpose.LoanControl),
        new("LoanService/ImportLoans", RoleSet.Administrators, CallPurpose.LoanControl),
    ];
}
