using KioskLink.Register.Branches;
using KioskLink.Register.Facts;
using KioskLink.Rules.Access;
using KioskLink.Simulation.Centre;
using KioskLink.Simulation.World;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Simulation.Life;

/// <summary>What staff does in the register while the branches live on.</summary>
internal sealed class Staff(SimWorld world, SimRegister register, IReadOnlyList<string> branches, int cards)
{
    public void Act()
    {
        if (register.IsDown)
            return;
        var card = register.Index.Card(1 + world.Chance.Below(cards))!;
        switch (world.Chance.Below(10))
        {
            case 0 or 1 or 2: Ban(card); break;
            case 3: Change(card, card.Facts with { Bans = [] }, priority: true); break;
            case 4: Change(card, card.Facts with { Lost = world.Chance.OneIn(2) }, priority: true); break;
            case 5: Change(card, card.Facts with { TermsAccepted = !card.Facts.TermsAccepted }, priority: false); break;
            case 6: Change(card, card.Facts with { FeesCents = world.Chance.Below(5000) }, priority: false); break;
            case 7: register.Commit(card with { HomeBranch = world.Chance.Pick(branches) }); break;
            case 8: Revoke(); break;
            default: Apply(); break;
        }
    }

    private void Ban(CardEntry card)
    {
        var kind = world.Chance.Pick(Enum.GetValues<BanKind>());
        Instant? end = world.Chance.OneIn(2) ? null : world.Now + world.Chance.Seconds(10, 36_000);
        var ban = new BanFact(kind, world.Now, end, world.Chance.OneIn(2) ? [] : [world.Chance.Pick(branches)]);
        Change(card, card.Facts with { Bans = [.. card.Facts.Bans, ban] }, priority: true);
    }

    private void Change(CardEntry card, CardFacts facts, bool priority) => register.Commit(card with { Facts = facts }, priority);

    private void Revoke()
    {
        var badge = register.Index.Badge("badge-3")!;
        var facts = badge.Facts with { Revoked = !badge.Facts.Revoked };
        register.Commit(badge with { Facts = facts, Badge = facts.ToProto() }, priority: true);
    }

    private void Apply()
    {
        var branch = register.Index.Branch(world.Chance.Pick(branches))!;
        var applied = branch.Applied.Clone();
        if (world.Chance.OneIn(4))
            applied.ReplicaScope = world.Chance.Pick([Wire.ReplicaScope.Visited, Wire.ReplicaScope.Branch, Wire.ReplicaScope.Consortium]);
        else if (world.Chance.OneIn(2))
            applied.Suspensions.Add(new Wire.Suspension { StartTime = world.Now.ToProto(), EndTime = (world.Now + world.Chance.Seconds(5, 3000)).ToProto() });
        else
            applied.MinimumAge = world.Chance.Pick([0, 15, 18]);
        var facts = BranchRules.Fill(applied, register.Profile);
        register.Commit(branch with { Applied = applied, Facts = facts, Policy = BranchFactsProto.FromProto(facts) });
    }
}
