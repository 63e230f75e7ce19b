using KioskLink.Register.Facts;
using KioskLink.Simulation.Branch;
using KioskLink.Simulation.Centre;
using KioskLink.Simulation.World;

namespace KioskLink.Simulation.Promises;

/// <summary>Facts are as fresh as the node says: what the register knew at that time of a card that is held, the node knows.</summary>
internal sealed class FreshnessPromise(SimWorld world, SimRegister register)
{
    public void Decided(NodeRun run, SimVerdict verdict, Ground ground)
    {
        if (ground.AsOf is not { } asOf || ground.Holder.Version == 0 || register.Find(verdict.Question.Number).Entry is not { } entry)
            return;
        var then = register.History.At(entry.Entity, asOf);
        world.Hold(
            then is null || then.Version <= ground.Holder.Version || register.History.At(entry.Entity, ground.Holder.Version) is not CardEntry,
            "facts are as fresh as the node says",
            () => $"{run.Node.Id} claims {asOf} and has version {ground.Holder.Version} of a card that was at {then!.Version}");
    }
}
