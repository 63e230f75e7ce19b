using KioskLink.Register.Access;
using KioskLink.Register.Facts;
using KioskLink.Rules.Access;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Events;

/// <summary>What the register says of a decision that a node made alone.</summary>
/// <param name="Code">The code on the facts of that time.</param>
/// <param name="Difference">The difference in words; empty when door and register agree.</param>
internal sealed record Judgement(DecisionCode Code, string Difference);

/// <summary>
/// Judges offline decisions again: the same rules, on the facts and hours as the register had them at that time, with the
/// PIN's result and the door's own conditions as the node had them. Thread-safe.
/// </summary>
internal sealed class OfflineJudge(PastFacts past)
{
    /// <summary>Judges a record; null where it is no offline decision, has no time, or the change log does not reach it.</summary>
    public Judgement? Judge(Wire.RecordOpen open, Instant? written, Presentation? presented, string branchId)
    {
        if (open.Kind != Wire.RecordKind.Decision || open.Source != Wire.Source.Replica || written is not { } at || !past.Reaches(at)) return null;

        var branch = past.Branch(branchId, at);
        var facts = FactsAt(open, presented, branch, at);
        var decision = AccessRules.Decide(facts, Door(open, branch), Pin(open), at);
        return new Judgement(decision.Code, JudgedDifference.InWords(open, decision, facts, branchId, at));
    }

    private Rules.Access.Facts FactsAt(Wire.RecordOpen open, Presentation? presented, Rules.Branches.BranchPolicy? branch, Instant at) => presented switch
    {
        { Card: { } card } => past.Card(card.CardId, branch, at),
        { Entry: BadgeEntry badge } => past.Badge(badge.Facts.BadgeRef, at),
        { Number: not null } => new UnknownCard(),
        _ => open.Code == Wire.DecisionCode.CardUnreadable ? new UnreadableCard() : new UnknownCard(),
    };

    // What only the door's side could know is taken from what the node said then.
    private static DoorSituation Door(Wire.RecordOpen open, Rules.Branches.BranchPolicy? branch) => new()
    {
        Branch = branch,
        DoorId = open.DoorId,
        Lockdown = open.Code == Wire.DecisionCode.Lockdown,
        StaffPresent = open.Code == Wire.DecisionCode.StaffedOpen,
        AlarmArmed = open.Code == Wire.DecisionCode.AlarmArmed,
        AlreadyInside = open.Code == Wire.DecisionCode.AlreadyInside,
        PeopleInside = open.Code == Wire.DecisionCode.CapacityFull ? branch?.Capacity ?? 0 : 0,
    };

    private static PinResult Pin(Wire.RecordOpen open) =>
        open.PinResult == Wire.PinResult.Unspecified ? PinResult.Missing : (PinResult)open.PinResult;
}
