using KioskLink.Register.Facts;
using KioskLink.Register.Nodes;
using KioskLink.Rules.Access;
using KioskLink.Rules.Cards;
using NodaTime;
using KeyCustody = KioskLink.Protos.Register.V1.KeyCustody;

namespace KioskLink.Simulation.Agreement;

/// <summary>Register and node agree on every decision: the same facts, once in the register's memory and once over the wire.</summary>
public sealed class AgreementTests(RunReport report) : IClassFixture<RunReport>
{
    private const long DecisionsWanted = 1_000_000;
    private const long EachCodeAtLeast = 1_000;
    private const int SituationsEach = 512;

    private static readonly Duration Second = Duration.FromSeconds(1);
    private static readonly NodeKeys Keys = NodeKeys.Derive(new byte[NodeKeys.NodeKeyLength]);

    private static readonly EnrolledNode Node = new(
        "front", SituationMaker.BranchId, KeyCustody.Tpm, new byte[NodeKeys.NodeKeyLength], Keys, Instant.MaxValue, Revoked: false);

    [Fact]
    public void Register_and_node_agree_on_a_million_decisions()
    {
        var sum = new Tally();
        var gate = new Lock();
        for (var seed = 0; sum.Pairs < DecisionsWanted; seed += Environment.ProcessorCount)
            Parallel.For(seed, seed + Environment.ProcessorCount, each =>
            {
                var tally = Run(each);
                lock (gate)
                    sum.Add(tally);
            });

        report.Print(sum.ToString());
        Assert.Empty(sum.FindSeldom(EachCodeAtLeast));
    }

    private static Tally Run(int seed)
    {
        var tally = new Tally();
        var maker = new SituationMaker(new Random(seed));
        for (var number = 0; number < SituationsEach; number++)
        {
            var situation = maker.Next();
            var boundaries = Boundaries.OfTime(situation, situation.Branch is { } facts ? BranchFactsProto.FromProto(facts) : null).ToList();
            var sentAt = boundaries.Select(boundary => boundary.At).Append(situation.Now).Min() - Duration.FromHours(1);
            var sides = TwoSides.Send(situation, Node, maker.Entitlements, sentAt);
            var bench = new Bench(sides, situation, tally, $"seed {seed}, situation {number}");
            bench.Decide(situation.Now, situation.Footing);
            foreach (var (kind, at) in boundaries)
                tally.Hit(kind, bench.Decide(at - Second, situation.Footing), bench.Decide(at, situation.Footing));
            foreach (var (_, at) in boundaries)
                bench.Decide(at + Second, situation.Footing);
            bench.WalkAges();
        }
        return tally;
    }

    /// <summary>Decides one situation on both sides, again and again.</summary>
    private sealed record Bench(TwoSides Sides, Situation Situation, Tally Tally, string Place)
    {
        /// <summary>Decides on both sides and holds them to agree; gives the register's code.</summary>
        public DecisionCode Decide(Instant now, OfflineSituation footing) => Both(now, footing).Register.Code;

        /// <summary>Walks over the ages at which facts and hours become too old for a node.</summary>
        public void WalkAges()
        {
            if (Sides.Branch is not { } branch)
                return;
            foreach (var (kind, age) in Boundaries.OfAge(branch))
            {
                var codes = new[] { age - Second, age, age + Second }
                    .Select(old => Both(Situation.Now, Situation.Footing with { FactsAge = old }).Replica.Code).ToList();
                Tally.Hit(kind, codes[1], codes[2]);
            }
        }

        private (Decision Register, Decision Replica) Both(Instant now, OfflineSituation footing)
        {
            var register = Sides.AtRegister(now);
            var replica = Sides.AtNode(now, footing);
            var wrong = Difference.FindWrong(Sides, register, replica, footing, Situation.Presented.Entry is BadgeEntry);
            if (wrong is not null)
                Assert.Fail($"{Place}, at {now}: {wrong}\n{Situation}");
            Tally.Count(register, replica);
            return (register, replica);
        }
    }
}
