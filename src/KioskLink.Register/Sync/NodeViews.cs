using KioskLink.Register.Facts;
using KioskLink.Register.Nodes;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using KioskLink.Rules.Alarms;
using KioskLink.Rules.Branches;

namespace KioskLink.Register.Sync;

/// <summary>Makes views of nodes, and tells when a node's whole replica has to be made anew.</summary>
internal sealed class NodeViews(RegisterCore core, NodeAlarms alarms, NodeErasures erasures)
{
    private readonly NodeEntitlements _entitlements = new(core.Store.Vault, core.Store.Consortium, core.Profile.SelfService.OfflineHolders);

    /// <summary>Erasures on their way to nodes.</summary>
    public NodeErasures Erasures => erasures;

    /// <summary>The view of a node; null when its branch is not there.</summary>
    public NodeView? Of(EnrolledNode node)
    {
        if (core.Index.Branch(node.BranchId)?.Policy is not { } branch) return null;
        if (branch.ReplicaScope == ReplicaScope.Consortium && !node.IsKeySafe)
        {
            alarms.Raise(node.NodeId, AlarmKind.Setup, "scope", "The branch's replica scope is consortium, but the node key lies on a disk: the node gets the scope visited; change keyCustody or the scope.");
            branch = branch with { ReplicaScope = ReplicaScope.Visited };
        }

        return new NodeView(node, branch, _entitlements);
    }

    /// <summary>Whether two versions of a branch's rules put different cards, proofs or ages into its replicas.</summary>
    public static bool DiffersInReplica(BranchPolicy one, BranchPolicy other) =>
        one.ReplicaScope != other.ReplicaScope
        || one.VisitedFor != other.VisitedFor
        || one.OfflinePolicy != other.OfflinePolicy
        || one.MinimumAge != other.MinimumAge;

    /// <summary>Whether a position is too old for steps: the log no longer reaches it, or the branch's replica was redefined since.</summary>
    public bool NeedsSnapshot(EnrolledNode node, LogPosition position)
    {
        var head = core.Log.Head;
        if (position.Epoch != head.Epoch || position.Version > head.Version || position.Version < core.Log.Floor.Version) return true;
        if (core.Index.Branch(node.BranchId) is not { } branch || branch.Version <= position.Version) return false;
        return BranchAt(node.BranchId, position.Version) is not { } before || DiffersInReplica(before, branch.Policy);
    }

    private BranchPolicy? BranchAt(string branchId, long version)
    {
        using var db = core.Store.Read();
        var facts = db.Set<ChangeRow>()
            .Where(row => row.Consortium == core.Store.Consortium && row.Kind == (int)EntityKind.Branch && row.EntityId == branchId && row.Version <= version)
            .OrderByDescending(row => row.Version)
            .Select(row => row.Facts)
            .FirstOrDefault();
        return facts is null ? null : StoredFacts.ReadBranch(facts);
    }
}
