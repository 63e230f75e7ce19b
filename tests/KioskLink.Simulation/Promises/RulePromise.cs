using KioskLink.Register.Access;
using KioskLink.Register.Facts;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Simulation.Branch;
using KioskLink.Simulation.Centre;
using KioskLink.Simulation.World;

namespace KioskLink.Simulation.Promises;

/// <summary>No grant that the rules refuse on the facts at the version that the decider had, as the register's history has them.</summary>
internal sealed class RulePromise(SimWorld world, SimRegister register)
{
    public void Granted(NodeRun run, SimVerdict verdict, Ground ground)
    {
        var question = verdict.Question;
        var branch = (register.History.At(EntityId.Branch(question.BranchId), ground.BranchVersion) as BranchEntry)?.Policy;
        var door = Presentation.Door(branch, question.DoorId, question.Conditions) with { Offline = ground.Footing };
        var judged = AccessRules.Decide(FactsAt(question.Number, ground, branch), door, verdict.Pin!.Value, ground.Now);
        world.Hold(judged.Granted, "no grant that the rules refuse at the facts' version", () => $"{run.Node.Id} granted {question.AttemptId}, the rules say {judged.Code}");
    }

    private Facts FactsAt(string number, Ground ground, BranchPolicy? branch) =>
        register.Find(number).Entry is not { } entry ? new UnknownCard() : register.History.At(entry.Entity, ground.Holder.Version) switch
        {
            CardEntry card when branch is not null => card.FactsAt(branch, OpeningCalendar.DateAt(ground.Now)),
            BadgeEntry badge => badge.Facts,
            _ => new UnknownCard(),
        };
}
