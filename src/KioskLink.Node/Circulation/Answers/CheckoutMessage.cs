using KioskLink.Protos.Register.V1;
using KioskLink.Sip2.Circulation;

namespace KioskLink.Circulation.Answers;

/// <summary>11 and 12, and CheckOut. Pure.</summary>
internal static class CheckoutMessage
{
    /// <summary>The call for a loan.</summary>
    public static CheckOutRequest Ask(CheckoutQuestion question, string login, string id, Borrower borrower) => new()
    {
        Act = LoanWords.ActOf(question, login, id, question.NoBlock, question.FeeAcknowledged),
        Borrower = borrower,
        ItemId = question.Item,
        MayRenew = question.MayRenew,
        PromisedDueOn = LoanWords.DayOf(question.OfflineDue),
        Cancels = question.Cancels,
    };

    /// <summary>What became of it.</summary>
    public static LoanAnswer Answer(CheckOutResponse response) => LoanMessage.Answer(response.Outcome, response.Renewed, response.DueOn, response.Item);
}
