using KioskLink.Protos.Register.V1;
using KioskLink.Sip2;
using KioskLink.Sip2.Circulation;

namespace KioskLink.Circulation.Answers;

/// <summary>37 and 38, and PayFee. Pure.</summary>
internal static class FeeMessage
{
    private const int PaymentIdMax = 64;

    /// <summary>The call for a payment; null where the amount has parts of a cent and so was misread.</summary>
    public static PayFeeRequest? Ask(FeeQuestion question, string login, string id, Borrower borrower) => LoanWords.CentsOf(question.Amount) is not { } cents ? null : new()
    {
        Act = LoanWords.ActOf(question, login, id),
        Borrower = borrower,
        Cents = cents,
        Currency = question.Currency,
        FeeId = question.FeeId?.Trim() ?? "",
        Method = MethodOf(question.PaymentType),
        PaymentId = question.TransactionId is { Length: > PaymentIdMax } longer ? longer[..PaymentIdMax] : question.TransactionId ?? "",
    };

    /// <summary>What became of it.</summary>
    public static FeeAnswer Answer(PayFeeResponse response) => new()
    {
        Done = response.Outcome?.Done == true,
        ScreenMessages = LoanWords.TextOf(response.Outcome?.Message),
    };

    private static string MethodOf(PaymentType type) => type switch
    {
        PaymentType.Cash => "cash",
        PaymentType.Visa or PaymentType.CreditCard => "card",
        _ => "other",
    };
}
