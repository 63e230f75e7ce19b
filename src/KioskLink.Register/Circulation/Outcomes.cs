using KioskLink.Protos.Register.V1;
using KioskLink.Register.Patrons;
using KioskLink.Rules.Access;
using KioskLink.Rules.Texts;
using LoanReason = KioskLink.Rules.Loans.LoanReason;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Circulation;

/// <summary>Outcomes of acts on the wire, with their texts for patrons. Pure.</summary>
internal static class Outcomes
{
    /// <summary>What became of an act.</summary>
    public static LoanOutcome Of(LoanDeed deed, LoanReason reason, Language language, bool done, bool conflict = false, long feeCents = 0)
    {
        var text = LoanTexts.For(deed, reason, language);
        return new LoanOutcome
        {
            Done = done,
            Reason = (Protos.Register.V1.LoanReason)reason,
            MessageKey = text.Key,
            Message = text.Text,
            Conflict = conflict,
            FeeCents = feeCents,
        };
    }

    /// <summary>A card or PIN that is refused.</summary>
    public static LoanOutcome OfCard(DecisionCode code, PinResult? pin, Language language)
    {
        var text = LoanTexts.ForCard(code, pin, language);
        return new LoanOutcome
        {
            Reason = Protos.Register.V1.LoanReason.CardRefused,
            CardCode = (Wire.DecisionCode)code,
            MessageKey = text.Key,
            Message = text.Text,
        };
    }

    /// <summary>The language of a text: that of the act, else the patron's.</summary>
    public static Language LanguageOf(Act act, PatronRow? patron) => LanguageOf(act.Language, (Language)(patron?.Language ?? 0));

    /// <summary>The language of a text: the one that was asked for, else the patron's.</summary>
    public static Language LanguageOf(Wire.Language asked, Language patron) => Enum.IsDefined((Language)asked) && asked != 0 ? (Language)asked : patron;
}
