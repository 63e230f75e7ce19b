using KioskLink.Register.Loans;
using KioskLink.Register.Patrons;
using NodaTime;

namespace KioskLink.Register.Circulation;

/// <summary>Undoes what a machine could not finish: its lock or its belt failed after the register had said yes.</summary>
internal static class Undoing
{
    /// <summary>How long after an act a machine may undo it; later it is an act of its own.</summary>
    public static readonly Duration Within = Duration.FromMinutes(30);

    /// <summary>Undoes a loan or its last renewal, as if it had never been; false where it was made too long ago.</summary>
    public static bool Loan(ActScope act, LoanRow loan)
    {
        if (!IsFresh(act, loan.UpdatedAt))
        {
            return false;
        }

        act.Concerns(loan.PatronId);
        if (loan.RenewedFrom.Length > 0)
        {
            Ledger.Forgive(act.Scope, loan.PatronId, loan.LoanId, Ledger.Late);
            (loan.DueOn, loan.RenewedFrom) = (loan.RenewedFrom, "");
            (loan.Renewals, loan.UpdatedAt) = (loan.Renewals - 1, act.Scope.NowMs);
            Rows.Change(act.Scope, loan);
            return true;
        }

        Ledger.Forgive(act.Scope, loan.PatronId, loan.LoanId, Ledger.Loan);
        Rows.Remove(act.Scope, loan);
        FulfilledHolds.BringBack(act.Scope, loan);
        return true;
    }

    /// <summary>Undoes the return of a patron's loan, with what it charged; null where there is none to undo.</summary>
    public static LoanRow? Return(ActScope act, PatronRow patron, ItemRow item)
    {
        var last = act.Db.Set<ItemHistoryRow>().Where(row => row.Consortium == act.Consortium && row.ItemId == item.ItemId && row.PatronId == patron.PatronId)
            .OrderByDescending(row => row.ReturnedAt).FirstOrDefault();
        if (last is null || !IsFresh(act, last.ReturnedAt))
        {
            return null;
        }

        var loan = Reopening.Reopen(act.Scope, last, item, act.Branch);
        Ledger.Forgive(act.Scope, patron.PatronId, loan.LoanId, Ledger.Late);
        return loan;
    }

    private static bool IsFresh(ActScope act, long at) => act.AtMs - at <= (long)Within.TotalMilliseconds;
}
