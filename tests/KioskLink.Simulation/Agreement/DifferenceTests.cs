using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Branches;
using KioskLink.Register.Facts;
using KioskLink.Register.Nodes;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using KioskLink.Rules.Cards;
using NodaTime;
using KeyCustody = KioskLink.Protos.Register.V1.KeyCustody;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Simulation.Agreement;

/// <summary>Where register and node may decide otherwise, by name.</summary>
public sealed class DifferenceTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 27, 12, 0);
    private static readonly OfflineSituation Footing = new(ClockTrusted: true, Duration.FromHours(1));

    [Fact]
    public void Of_a_badge_that_a_node_does_not_hold_it_says_that_a_branch_without_hours_is_misconfigured()
    {
        var sides = Send(hasHours: false);
        var (register, node) = (sides.AtRegister(Now), sides.AtNode(Now, Footing));

        Assert.False(sides.IsHeld);
        Assert.Equal((DecisionCode.Maintenance, DecisionCode.NodeMisconfigured), (register.Code, node.Code));
        Assert.Null(Difference.FindWrong(sides, register, node, Footing, isBadge: true));
    }

    [Fact]
    public void It_may_not_say_so_where_the_branch_has_hours_nor_of_a_card()
    {
        var (without, with) = (Send(hasHours: false), Send(hasHours: true));
        var (register, node) = (without.AtRegister(Now), without.AtNode(Now, Footing));

        Assert.NotNull(Difference.FindWrong(with, register, node, Footing, isBadge: true));
        Assert.NotNull(Difference.FindWrong(without, register, node, Footing, isBadge: false));
        Assert.Equal(DecisionCode.Maintenance, with.AtNode(Now, Footing).Code);
    }

    // A guard's badge of another branch, at a branch in maintenance: its facts never go to this branch's node.
    private static TwoSides Send(bool hasHours)
    {
        var maker = new SituationMaker(new Random(1));
        var facts = new BadgeFacts { BadgeRef = "badge-1", Role = BadgeRole.Guard, BranchIds = ["FI-Lh-Mukkula"] };
        var key = new Vault(new MasterKey(new byte[MasterKey.Length]), ProfileReader.Load("lastu").Id).CardIndex("20000000000008");
        var situation = new Situation
        {
            Branch = Branch(hasHours),
            Presented = new Presentation(key, new BadgeEntry { Version = 7, Key = key, SealedNumber = [], Facts = facts, Badge = facts.ToProto() }),
            DoorId = "front",
            Conditions = new DoorConditions(),
            Pin = PinResult.Right,
            Footing = Footing,
            Now = Now,
        };
        var node = new EnrolledNode("front", SituationMaker.BranchId, KeyCustody.Tpm, new byte[NodeKeys.NodeKeyLength], NodeKeys.Derive(new byte[NodeKeys.NodeKeyLength]), Instant.MaxValue, Revoked: false);
        return TwoSides.Send(situation, node, maker.Entitlements, Now - Duration.FromHours(1));
    }

    private static Wire.BranchFacts Branch(bool hasHours)
    {
        HashSet<DecisionCode> wrong = [DecisionCode.Maintenance];
        var maker = new BranchMaker(new Random(1));
        var branch = maker.Make(wrong, Now);
        if (!hasHours)
            branch.Hours = null;
        return BranchRules.Fill(branch, maker.Profile(ProfileReader.Load("lastu"), wrong));
    }
}
