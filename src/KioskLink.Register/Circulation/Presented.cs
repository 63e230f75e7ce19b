using KioskLink.Register.Facts;
using KioskLink.Rules.Access;

namespace KioskLink.Register.Circulation;

/// <summary>Who borrows, as far as is known before the act.</summary>
/// <param name="PatronId">The patron; null where nobody is.</param>
/// <param name="Card">The card; null where staff named the patron, or nobody has it.</param>
/// <param name="Pin">How the PIN went; null where none was given and nothing stands for it.</param>
/// <param name="Code">GRANTED, or the first rule that refuses card or PIN.</param>
internal sealed record Presented(long? PatronId, CardEntry? Card, PinResult? Pin, DecisionCode Code)
{
    /// <summary>Nobody, where an act needs nobody.</summary>
    public static readonly Presented Nobody = new(null, null, null, DecisionCode.Granted);

    /// <summary>Whether card and PIN may be used.</summary>
    public bool IsAccepted => Code == DecisionCode.Granted;

    /// <summary>Whether texts and answers may depend on the patron.</summary>
    public bool IsProven => Code is not (DecisionCode.CardUnreadable or DecisionCode.CardUnknown or DecisionCode.PinLocked or DecisionCode.PinMissing or DecisionCode.PinWrong);
}
