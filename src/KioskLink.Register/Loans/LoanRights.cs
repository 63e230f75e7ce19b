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
        new("LoanService/GetPatronInformation", RoleSet.Nodes | RoleSet.Librarians, CallPurpose.CustomerService, AuditKind.Behind),
        new("LoanService/CheckOut", RoleSet.Nodes | RoleSet.Librarians, CallPurpose.LoanControl, AuditKind.Behind),
        new("LoanService/CheckIn", RoleSet.Nodes | RoleSet.Librarians, CallPurpose.LoanControl, AuditKind.Behind),
        new("LoanService/Renew", RoleSet.Nodes | RoleSet.Librarians, CallPurpose.LoanControl, AuditKind.Behind),
        new("LoanService/RenewAll", RoleSet.Nodes | RoleSet.Librarians, CallPurpose.LoanControl, AuditKind.Behind),
        new("LoanService/PlaceHold", RoleSet.Nodes | RoleSet.Librarians, CallPurpose.LoanControl, AuditKind.Behind),
        new("LoanService/PayFee", RoleSet.Nodes | RoleSet.Librarians, CallPurpose.LoanControl, AuditKind.Behind),
        new("LoanService/WithdrawAct", RoleSet.Nodes | RoleSet.Librarians, CallPurpose.LoanControl, AuditKind.Behind),
        // An item says nothing of whose loan it is: nodes leave no row.
        new("LoanService/GetItem", RoleSet.Nodes | RoleSet.Librarians, CallPurpose.LoanControl),
        new("LoanService/ListLoanConflicts", RoleSet.Librarians, CallPurpose.LoanControl),
        new("LoanService/SettleLoanConflict", RoleSet.Librarians, CallPurpose.LoanControl),
    ];
}
