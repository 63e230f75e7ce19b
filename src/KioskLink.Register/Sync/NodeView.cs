using Google.Protobuf;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Nodes;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Sync;

/// <summary>What one node sees of the register: states of the entities it holds, tombstones of those it may have held.</summary>
/// <param name="node">The node.</param>
/// <param name="branch">Its branch as the node is to hold it.</param>
/// <param name="entitlements">Derives tokens and proofs.</param>
internal sealed class NodeView(EnrolledNode node, BranchPolicy branch, NodeEntitlements entitlements)
{
    /// <summary>The branch as the node is to hold it.</summary>
    public BranchPolicy Branch => branch;

    /// <summary>The state of an entity for the node; null when it is none of the node's business.</summary>
    public EntityState? State(Entry entry, bool priority, Instant now)
    {
        var holds = ReplicaScopes.Holds(branch, entry, now);
        if (!holds && !MayHaveHeld(entry)) return null;
        var state = new EntityState { Version = entry.Version, CommitTime = entry.CommitTime.ToProto(), Priority = priority };
        if (holds)
            Fill(state, entry, now);
        else
            Empty(state, entry);
        return state;
    }

    /// <summary>The end of an entity that is gone from the register; null where the node has nothing of it.</summary>
    /// <param name="change">The change.</param>
    /// <param name="token">The token of an erased card; null where the node does not know it.</param>
    public static EntityState? Gone(Change change, byte[]? token) => change.Entity.Kind switch
    {
        EntityKind.Branch => End(ByteString.CopyFromUtf8(change.Entity.Id), change, erased: false),
        EntityKind.Card when token is not null => End(ByteString.CopyFrom(token), change, erased: true),
        _ => null,
    };

    private static EntityState End(ByteString entity, Change change, bool erased) => new()
    {
        Entity = entity,
        Version = change.Version,
        CommitTime = change.CommitTime.ToProto(),
        Priority = change.Priority,
        Tombstone = new Tombstone { Erased = erased },
    };

    private void Fill(EntityState state, Entry entry, Instant now)
    {
        switch (entry)
        {
            case CardEntry card:
                state.Entitlement = entitlements.Card(card, branch, node.Keys, now);
                state.Entity = state.Entitlement.Token;
                break;
            case BadgeEntry badge:
                state.Badge = entitlements.Badge(badge, node.Keys);
                state.Entity = state.Badge.Token;
                break;
            case BranchEntry own:
                state.Branch = own.Facts;
                state.Entity = ByteString.CopyFromUtf8(own.Policy.Id);
                break;
        }
    }

    private void Empty(EntityState state, Entry entry)
    {
        var token = entry is CardEntry card ? entitlements.Token(card, node.Keys) : entitlements.Token((BadgeEntry)entry, node.Keys);
        state.Entity = ByteString.CopyFrom(token);
        state.Tombstone = new Tombstone();
    }

    // In the scope visited only a card with a visit here, though an old one, can be held; elsewhere a patron's home branch
    // may have changed, and of badges the branches.
    private bool MayHaveHeld(Entry entry) => entry switch
    {
        CardEntry card => branch.ReplicaScope != ReplicaScope.Visited || card.Visits.Any(visit => visit.BranchId == branch.Id),
        BadgeEntry => true,
        _ => false,
    };
}
