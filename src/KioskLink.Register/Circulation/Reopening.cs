using KioskLink.Register.Loans;
using KioskLink.Register.Store;

namespace KioskLink.Register.Circulation;

/// <summary>Lets a loan go on whose return is undone: whatever the return made of it goes, and a hold that took the copy waits on.</summary>
internal static class Reopening
{
    /// <summary>Lets it go on; the item's row and the fees are the caller's.</summary>
    /// <param name="scope">The unit of work.</param>
    /// <param name="past">The loan in the item's history, whose patron is still known.</param>
    /// <param name="item">The item.</param>
    /// <param name="branchId">The loan's branch.</param>
    public static LoanRow Reopen(WriteScope scope, ItemHistoryRow past, ItemRow item, string branchId)
    {
        var loan = new LoanRow
        {
            Consortium = scope.Consortium,
            LoanId = past.LoanId,
            PatronId = past.PatronId!.Value,
            ItemId = past.ItemId,
            BranchId = branchId,
            LoanedAt = past.LoanedAt,
            DueOn = past.DueOn,
            UpdatedAt = scope.NowMs,
        };
        Forget(scope, past);
        Rows.Add(scope, loan);
        if (HoldQueue.For(scope.Db, item) is { } held)
        {
            HoldQueue.PutBack(scope, held);
        }

        return loan;
    }

    private static void Forget(WriteScope scope, ItemHistoryRow past)
    {
        foreach (var kept in scope.Db.Set<LoanHistoryRow>().Where(row => row.Consortium == scope.Consortium && row.LoanId == past.LoanId).ToList())
        {
            Rows.Remove(scope, kept);
        }

        Rows.Remove(scope, past);
    }
}
