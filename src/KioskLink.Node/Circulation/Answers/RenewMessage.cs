using KioskLink.Protos.Register.V1;
using KioskLink.Sip2.Circulation;

namespace KioskLink.Circulation.Answers;

/// <summary>29 and 30, and Renew. Pure.</summary>
internal static class RenewMessage
{
    /// <summary>The call for a renewal.</summary>
    public static RenewRequest Ask(RenewQuestion question, string login, string id, Borrower borrower) => new()
    {
        Act = LoanWords.ActOf(question, login, id, question.NoBlock, question.FeeAcknowledged),
        Borrower = borrower,
        ItemId = question.Item ?? "",
        TitleId = question.Title ?? "",
        ThirdParty = question.ThirdPartyAllowed,
    };

    /// <summary>What became of it.</summary>
    public static LoanAnswer Answer(RenewResponse response) => LoanMessage.Answer(response.Outcome, response.Outcome?.Done == true, response.DueOn, response.Item);
}
