using KioskLink.Protos.Register.V1;
using KioskLink.Sip2.Circulation;

namespace KioskLink.Circulation.Answers;

/// <summary>What 12 and 30 say alike. Pure.</summary>
internal static class LoanMessage
{
    /// <summary>What became of a loan or a renewal.</summary>
    public static LoanAnswer Answer(LoanOutcome? outcome, bool renewed, string dueOn, Item? item)
    {
        var fee = LoanWords.MoneyOf(outcome?.FeeCents ?? 0);
        return new()
        {
            Done = outcome?.Done == true,
            Renewed = renewed,
            Title = item?.Title ?? "",
            Due = LoanWords.EndOf(dueOn),
            Desensitize = outcome?.Done == true,
            Magnetic = LoanWords.MagneticOf(item),
            FeeAmount = fee,
            Currency = fee is null ? null : LoanWords.Currency,
            Media = LoanWords.MediaOf(item),
            ItemProperties = LoanWords.PropertiesOf(item),
            ScreenMessages = LoanWords.TextOf(outcome?.Message),
        };
    }
}
