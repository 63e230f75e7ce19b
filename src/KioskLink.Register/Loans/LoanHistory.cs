using KioskLink.Protos.Register.V1;
using KioskLink.Register.Consents;
using KioskLink.Register.PatronNotices;
using KioskLink.Register.Patrons;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Loans;

/// <summary>What is kept of loans that are over: who had the item last (R59), and the patron's own history where the patron wants it (R23).</summary>
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
    /// <param name="scope">The unit of work.</param>
    /// <param name="profile">Whether the consortium keeps histories, and of whom (D11).</param>
    /// <param name="loan">The loan.</param>
    /// <param name="returnedAt">When it ended.</param>
    public static void Keep(WriteScope scope, ConsortiumProfile profile, LoanRow loan, long returnedAt)
    {
        if (IsWanted(scope, profile, loan.PatronId))
        {
            scope.Db.Add(new LoanHistoryRow
            {
                Consortium = scope.Consortium,
                LoanId = loan.LoanId,
                PatronId = loan.PatronId,
                ItemId = loan.ItemId,
                Title = scope.Db.Set<ItemRow>().Where(item => item.Consortium == scope.Consortium && item.ItemId == loan.ItemId).Select(item => item.Title).SingleOrDefault() ?? "",
                LoanedAt = loan.LoanedAt,
                ReturnedAt = returnedAt,
            });
        }

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
        NoticeMarks.Forget(scope, loan.LoanId);
    }

    // Nothing is kept until the patron has said so, nor where the consortium keeps no such data of the patron (R23).
    private static bool IsWanted(WriteScope scope, ConsortiumProfile profile, long patronId)
    {
        var group = scope.Db.Set<PatronRow>().Where(patron => patron.PatronId == patronId).Select(patron => patron.PatronGroup).Single();
        return ConsentRules.MayKeepHistory(profile, group) && ConsentLedger.IsGiven(scope.Db, patronId, ConsentKind.LoanHistory);
    }
}
