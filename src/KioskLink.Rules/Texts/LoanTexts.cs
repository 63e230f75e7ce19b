using KioskLink.Rules.Access;
using KioskLink.Rules.Loans;

namespace KioskLink.Rules.Texts;

/// <summary>What was done in circulation.</summary>
public enum LoanDeed
{
    /// <summary>An item was lent.</summary>
    Lent,

    /// <summary>A loan was renewed.</summary>
    Renewed,

    /// <summary>Loans were renewed, as many as could be.</summary>
    RenewedAll,

    /// <summary>An item came back.</summary>
    Returned,

    /// <summary>A hold was placed.</summary>
    Held,

    /// <summary>A hold was changed.</summary>
    HoldChanged,

    /// <summary>A hold was called off.</summary>
    HoldEnded,

    /// <summary>A fee was paid.</summary>
    Paid,
}

/// <summary>Texts for patrons at checkout machines and desks in Finnish, Swedish and English (R5): what happened and what to do next. Pure and thread-safe.</summary>
public static class LoanTexts
{
    /// <summary>The text of an act.</summary>
    /// <param name="deed">What was asked for.</param>
    /// <param name="reason">What became of it.</param>
    /// <param name="language">The language; Finnish where it is not known.</param>
    public static PatronText For(LoanDeed deed, LoanReason reason, Language language)
    {
        var key = reason == LoanReason.Done ? DoneKey(deed) : ReasonKey(reason);
        return Get(key, language);
    }

    /// <summary>The text of a card that circulation refuses: the same for whatever is wrong of card and PIN.</summary>
    /// <param name="code">The rule that refuses it.</param>
    /// <param name="pin">How the PIN went; null where none was asked for. An unknown card reads like a known one with the same PIN.</param>
    /// <param name="language">The language; Finnish where it is not known.</param>
    public static PatronText ForCard(DecisionCode code, PinResult? pin, Language language) => code switch
    {
        DecisionCode.CardUnknown when pin == PinResult.Missing => Get(TextKey.PinMissing, language),
        DecisionCode.CardUnknown when pin == PinResult.Locked => Get(TextKey.PinLocked, language),
        DecisionCode.CardUnreadable => Get(TextKey.Unreadable, language),
        DecisionCode.PinMissing => Get(TextKey.PinMissing, language),
        DecisionCode.PinLocked => Get(TextKey.PinLocked, language),
        DecisionCode.CardLost or DecisionCode.CardExpired => Get(TextKey.CardNotValid, language),
        DecisionCode.CardUnknown or DecisionCode.PinWrong => Get(TextKey.NotAccepted, language),
        DecisionCode.UseBan or DecisionCode.LoanBan => Get(LoanTextKey.Banned, language),
        DecisionCode.Granted => Get(LoanTextKey.CardAccepted, language),
        _ => Get(LoanTextKey.AskStaff, language),
    };

    private static PatronText Get(string key, Language language)
    {
        var spoken = language == Language.Unknown ? Language.Fi : language;
        return new PatronText(key, TextTable.Get(key, spoken), spoken);
    }

    private static string DoneKey(LoanDeed deed) => deed switch
    {
        LoanDeed.Lent => LoanTextKey.Lent,
        LoanDeed.Renewed => LoanTextKey.Renewed,
        LoanDeed.RenewedAll => LoanTextKey.RenewedAll,
        LoanDeed.Returned => LoanTextKey.Returned,
        LoanDeed.Held => LoanTextKey.Held,
        LoanDeed.HoldChanged => LoanTextKey.HoldChanged,
        LoanDeed.HoldEnded => LoanTextKey.HoldEnded,
        _ => LoanTextKey.Paid,
    };

    private static string ReasonKey(LoanReason reason) => reason switch
    {
        LoanReason.ItemUnknown => LoanTextKey.ItemUnknown,
        LoanReason.ItemOnLoan => LoanTextKey.ItemOnLoan,
        LoanReason.ItemOnHold => LoanTextKey.ItemOnHold,
        LoanReason.NotForLoan => LoanTextKey.NotForLoan,
        LoanReason.LoanLimit => LoanTextKey.LoanLimit,
        LoanReason.LoanBan => LoanTextKey.Banned,
        LoanReason.OverdueLimit => LoanTextKey.OverdueLimit,
        LoanReason.FeesOverLimit => LoanTextKey.FeesOverLimit,
        LoanReason.FeeNeeded => LoanTextKey.FeeNeeded,
        LoanReason.RenewalLimit => LoanTextKey.RenewalLimit,
        LoanReason.NotOnLoan => LoanTextKey.NotOnLoan,
        LoanReason.NotTheBorrower => LoanTextKey.NotTheBorrower,
        LoanReason.HoldLimit => LoanTextKey.HoldLimit,
        LoanReason.HoldExists => LoanTextKey.HoldExists,
        LoanReason.HoldUnknown => LoanTextKey.HoldUnknown,
        LoanReason.TitleUnknown => LoanTextKey.TitleUnknown,
        LoanReason.FeeUnknown => LoanTextKey.FeeUnknown,
        LoanReason.AmountWrong => LoanTextKey.AmountWrong,
        LoanReason.BranchUnknown => LoanTextKey.BranchUnknown,
        LoanReason.GroupNotAllowed => LoanTextKey.GroupNotAllowed,
        _ => LoanTextKey.AskStaff,
    };
}
