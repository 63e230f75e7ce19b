using KioskLink.Node.Replica;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Nodes;
using KioskLink.Register.Sync;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Simulation.Agreement;

/// <summary>
/// The register's facts of one situation and what becomes of them in a node: projected for it, as bytes over the wire, read by the node.
/// </summary>
internal sealed class TwoSides
{
    private readonly Situation _situation;
    private readonly Facts _held;

    private TwoSides(Situation situation, BranchPolicy? atRegister, BranchPolicy? atNode, Facts? held)
    {
        (_situation, Branch, BranchAtNode) = (situation, atRegister, atNode);
        IsHeld = held is not null;
        _held = held ?? (situation.Presented.Number is null ? new UnreadableCard() : new UnknownCard());
    }

    /// <summary>The branch as the register has it.</summary>
    public BranchPolicy? Branch { get; }

    /// <summary>The branch as the node has it.</summary>
    public BranchPolicy? BranchAtNode { get; }

    /// <summary>Whether the node holds what was presented.</summary>
    public bool IsHeld { get; }

    /// <summary>Sends the facts to a node of the branch.</summary>
    /// <param name="situation">What the register has.</param>
    /// <param name="node">The node.</param>
    /// <param name="entitlements">The register's projection.</param>
    /// <param name="sentAt">When they are sent: not after the first decision.</param>
    public static TwoSides Send(Situation situation, EnrolledNode node, NodeEntitlements entitlements, Instant sentAt)
    {
        if (situation.Branch is not { } facts)
            return new TwoSides(situation, null, null, null);
        var branch = BranchFactsProto.FromProto(facts);
        var view = new NodeView(node, branch, entitlements);
        var own = new BranchEntry { Version = 1, Policy = branch, Facts = facts, Applied = facts.Branch };
        var atNode = BranchWire.FromProto(OverTheWire(view.State(own, priority: false, sentAt)!).Branch);
        var state = situation.Presented.Entry is { } entry ? view.State(entry, priority: false, sentAt) : null;
        return new TwoSides(situation, branch, atNode, state is null ? null : FactsOf(OverTheWire(state)));
    }

    /// <summary>What the register decides.</summary>
    public Decision AtRegister(Instant now) => AccessRules.Decide(
        _situation.Presented.FactsFor(Branch, now), Door(Branch), _situation.Pin, now);

    /// <summary>What the node decides alone.</summary>
    public Decision AtNode(Instant now, OfflineSituation footing) =>
        AccessRules.Decide(_held, Door(BranchAtNode) with { Offline = footing }, _situation.Pin, now);

    private DoorSituation Door(BranchPolicy? branch) =>
        Register.Access.Presentation.Door(branch, _situation.DoorId, _situation.Conditions);

    private static EntityState OverTheWire(EntityState state) => EntityState.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(state));

    private static Facts? FactsOf(EntityState state) => state.StateCase switch
    {
        EntityState.StateOneofCase.Entitlement => CardWire.FromProto(Wire.Entitlement.Parser.ParseFrom(CardWire.ToStored(state.Entitlement))),
        EntityState.StateOneofCase.Badge => BadgeWire.FromProto(state.Badge),
        _ => null,
    };
}
