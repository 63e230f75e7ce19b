using KioskLink.Rules.Access;

namespace KioskLink.Node.Deciding;

/// <summary>How the PIN went, as far as a decision of the register tells: the rules stand in the order of the codes.</summary>
internal static class PinResults
{
    /// <summary>The result; null when a rule before the PIN decided, or a badge needed none.</summary>
    public static PinResult? Of(DecisionCode code) => code switch
    {
        DecisionCode.PinMissing => PinResult.Missing,
        DecisionCode.PinLocked => PinResult.Locked,
        DecisionCode.PinWrong or DecisionCode.CardUnknown => PinResult.Wrong,
        > DecisionCode.PinWrong and not DecisionCode.StaffedOpen => PinResult.Right,
        _ => null,
    };
}
