using KioskLink.Protos.Register.V1;
using KioskLink.Sip2.Circulation;

namespace KioskLink.Circulation.Answers;

/// <summary>65 and 66, and RenewAll. Pure.</summary>
internal static class RenewAllMessage
{
    /// <summary>The call for all renewals.</summary>
    public static RenewAllRequest Ask(RenewAllQuestion question, string login, string id, Borrower borrower) => new()
    {
        Act = LoanWords.ActOf(question, login, id, feeAcknowledged: question.FeeAcknowledged),
        Borrower = borrower,
    };

    /// <summary>What became of them.</summary>
    public static RenewAllAnswer Answer(RenewAllResponse response) => new()
    {
        Done = response.Outcome?.Done == true,
        Renewed = [.. response.Loans.Where(loan => loan.Renewed).Select(loan => loan.ItemId)],
        Unrenewed = [.. response.Loans.Where(loan => !loan.Renewed).Select(loan => loan.ItemId)],
        ScreenMessages = LoanWords.TextOf(response.Outcome?.Message),
    };
}
