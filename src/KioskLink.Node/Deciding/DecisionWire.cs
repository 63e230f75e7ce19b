using KioskLink.Node.Clock;
using KioskLink.Rules.Access;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Deciding;

/// <summary>Decisions to and from the wire.</summary>
internal static class DecisionWire
{
    /// <summary>A recorded decision as it is told to watchers and kiosks.</summary>
    public static Wire.Decision ToProto(this DecisionRecord record)
    {
        var decision = record.Decision;
        return new Wire.Decision
        {
            Granted = decision.Granted,
            Code = (Wire.DecisionCode)decision.Code,
            MessageKey = record.MessageKey,
            Message = record.Message,
            Source = (Wire.Source)record.Source,
            FactsVersion = record.FactsVersion,
            FactsAge = record.FactsAge.ToProto(),
            UnlockFor = decision.UnlockFor.ToProto(),
            Language = (Wire.Language)decision.Language,
            NextOpening = decision.NextOpening?.ToProto(),
        };
    }

    /// <summary>What the rules of the register made of a presentation.</summary>
    public static Rules.Access.Decision FromProto(Wire.Decision decision) => new(
        (DecisionCode)decision.Code,
        decision.UnlockFor is { } unlock ? unlock.FromProto() : NodaTime.Duration.Zero,
        (Language)decision.Language,
        decision.NextOpening?.FromProto())
    { ExtendedTime = decision.ExtendedTime };

    /// <summary>One rule of the ladder.</summary>
    public static Wire.RuleOutcome ToProto(this RuleOutcome rule) => new()
    {
        Code = (Wire.DecisionCode)rule.Code,
        Passed = rule.Passed,
        Decisive = rule.Decisive,
        Detail = rule.Detail,
    };
}
