using KioskLink.Rules.Branches;

namespace KioskLink.Node.Replica;

/// <summary>The node's store of entitlements, badges and the branch: durable in SQLite, in memory for decisions. Thread-safe.</summary>
internal sealed class NodeReplica
{
    /// <summary>The branch with hours and rules; null until the first sync.</summary>
    public BranchPolicy? Branch { get; private set; }

    /// <summary>Told after the branch changed; handlers return at once.</summary>
    public event Action<BranchPolicy>? BranchChanged;

    /// <summary>Sets the branch.</summary>
    internal void SetBranch(BranchPolicy branch)
    {
        Branch = branch;
        BranchChanged?.Invoke(branch);
    }
}
