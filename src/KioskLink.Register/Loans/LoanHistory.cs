using KioskLink.Protos.Register.V1;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Loans;

/// <summary>What is kept of loans that are over: who had the item last (R59).</summary>
internal static class LoanHistory
{
    /// <summary>Deletes the history of a patron who withdraws the consent to it (R23).</summary>
    public static void Forget(WriteScope scope, long patronId, ConsentKind kind)
    {
        if (kind == ConsentKind.LoanHistory)
        {
            scope.Db.Set<LoanHistoryRow>().Where(row => row.PatronId == patronId).ExecuteDelete();
        }
    }

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
