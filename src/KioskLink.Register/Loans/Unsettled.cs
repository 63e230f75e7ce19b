using KioskLink.Register.Patrons;
using KioskLink.Register.Store;

namespace KioskLink.Register.Loans;

/// <summary>What keeps a patron's matters open (R26): while anything does, retention and erasure leave the patron alone (R56, R57).</summary>
/// <param name="Loans">Open loans.</param>
/// <param name="FeesCents">Unpaid fees.</param>
/// <param name="Invoices">Unpaid invoices.</param>
internal sealed record Unsettled(int Loans, long FeesCents, int Invoices)
{
    /// <summary>Whether anything is open.</summary>
    public bool Any => Loans > 0 || FeesCents > 0 || Invoices > 0;

    /// <summary>The open matters of a patron.</summary>
    public static Unsettled Of(RegisterDb db, PatronRow patron) => new(
        db.Set<LoanRow>().Count(row => row.PatronId == patron.PatronId),
        Math.Max(patron.FeesCents, db.Set<FeeRow>().Where(row => row.PatronId == patron.PatronId && row.SettledAt == null).Sum(row => row.Cents)),
        db.Set<InvoiceRow>().Count(row => row.PatronId == patron.PatronId && row.SettledAt == null));
}
