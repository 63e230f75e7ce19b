using KioskLink.Register.Facts;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Texts;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Access;

/// <summary>A decision of the register on the wire, with the text for the patron.</summary>
internal static class DecisionProto
{
    /// <summary>The decision on the register's own facts, which have no age.</summary>
    public static Wire.Decision ToProto(this Decision decision, BranchPolicy? branch, long factsVersion)
    {
        var text = PatronTexts.For(decision, branch, outdoors: true, offline: false, Language.Unknown);
        return new Wire.Decision
        {
            Granted = decision.Granted,
            Code = (Wire.DecisionCode)decision.Code,
            MessageKey = text.Key,
            Message = text.Text,
            Source = Wire.Source.Register,
            FactsVersion = factsVersion,
            FactsAge = Duration.Zero.ToProto(),
            UnlockFor = decision.UnlockFor.ToProto(),
            Language = (Wire.Language)text.Language,
            NextOpening = decision.NextOpening?.ToProto(),
            ExtendedTime = decision.ExtendedTime,
        };
    }

    /// <summary>A rule's outcome.</summary>
    public static Wire.RuleOutcome ToProto(this RuleOutcome rule) => new()
    {
        Code = (Wire.DecisionCode)rule.Code,
        Passed = rule.Passed,
        Decisive = rule.Decisive,
        Detail = rule.Detail,
    };
}
