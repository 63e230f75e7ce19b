using KioskLink.Register.Store;

namespace KioskLink.Register.Loans;

/// <summary>What is kept of loans that are over: who had the item last (R59).</summary>
internal static class LoanHistory
{
    /// <summary>Keeps a loan that ends now.</summary>
    public static void Keep(WriteScope scope, LoanRow loan, long returnedAt)
    {
        scope.Db.Add(new ItemHistoryRow
        {
            Consortium = scope.Consortium,
            LoanId = loan.LoanId,
            ItemId = loan.ItemId,
            PatronId = loan.PatronId,
            LoanedAt = loan.LoanedAt,
            DueOn = loan.DueOn,
            ReturnedAt = returnedAt,
        });
    }
}
