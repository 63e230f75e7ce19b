using KioskLink.Register.Access;
using KioskLink.Register.Cards;
using KioskLink.Register.Facts;
using KioskLink.Register.Nodes;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Cards;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Subjects;

/// <summary>A card that a node has to forget.</summary>
/// <param name="Token">The card's token under the node's key.</param>
/// <param name="Version">The version with which it went.</param>
internal sealed record NodeErasure(byte[] Token, long Version);

/// <summary>
/// Erasures on their way to the nodes. A token derives from the card's number, which is gone with the card: so the tokens of the
/// nodes that may know the card are kept until each has confirmed that it forgot. Thread-safe.
/// </summary>
internal sealed class NodeErasures(RegisterCore core, NodeDirectory nodes)
{
    private const string WithVersions = """
        SELECT e.token, max(c.version) FROM node_erasures e
        JOIN change_log c ON c.consortium = e.consortium AND c.kind = $kind AND c.entity_id = e.card
        WHERE e.consortium = $consortium AND e.node_id = $node GROUP BY e.card
        """;

    /// <summary>Notes whom the end of cards concerns; their rows are still there.</summary>
    public void Note(WriteScope scope, IEnumerable<CardRow> cards)
    {
        foreach (var card in cards)
        {
            var number = core.Store.Vault.OpenCardNumber(card.SealedNumber);
            foreach (var node in Concerned(scope, card))
            {
                scope.Db.Add(new NodeErasureRow
                {
                    Consortium = scope.Consortium,
                    NodeId = node.NodeId,
                    Card = EntityId.Card(card.CardId).Id,
                    Token = CardToken.Of(node.Keys.KCard, scope.Consortium, number),
                });
            }
        }

        scope.Db.SaveChanges();
        scope.Db.ChangeTracker.Clear();
    }

    /// <summary>The token by which a node knows a card that is gone; null when it has none to forget.</summary>
    public byte[]? TokenOf(string nodeId, EntityId card)
    {
        using var db = core.Store.Read();
        return db.Set<NodeErasureRow>()
            .Where(row => row.Consortium == core.Store.Consortium && row.NodeId == nodeId && row.Card == card.Id)
            .Select(row => row.Token)
            .SingleOrDefault();
    }

    /// <summary>Everything that a node has still to forget.</summary>
    public IReadOnlyList<NodeErasure> PendingOf(string nodeId)
    {
        using var db = core.Store.Read();
        using var select = Sql.Command(
            db, WithVersions, ("$consortium", core.Store.Consortium), ("$kind", (int)EntityKind.Card), ("$node", nodeId));
        using var reader = select.ExecuteReader();
        var pending = new List<NodeErasure>();
        while (reader.Read())
        {
            pending.Add(new NodeErasure(reader.GetFieldValue<byte[]>(0), reader.GetInt64(1)));
        }

        return pending;
    }

    /// <summary>Deletes the tokens that nodes have confirmed to be forgotten, and those of nodes that are revoked.</summary>
    public async Task ForgetConfirmedAsync(NodeConfirmations confirmations)
    {
        foreach (var node in nodes.All)
        {
            var done = PendingOf(node.NodeId).Where(erasure => node.Revoked || confirmations.IsInForce(node.NodeId, erasure.Version)).Select(erasure => erasure.Token).ToList();
            if (done.Count > 0)
            {
                await core.Lane.WriteAsync(scope =>
                {
                    scope.Db.Set<NodeErasureRow>().Where(row => row.Consortium == scope.Consortium && row.NodeId == node.NodeId && done.Contains(row.Token)).ExecuteDelete();
                });
            }
        }
    }

    // Those whose replica may hold the card, and those whose journal may: where it was presented of late.
    private IEnumerable<EnrolledNode> Concerned(WriteScope scope, CardRow card)
    {
        var reference = $"card-{card.CardId}";
        var presented = scope.Db.Set<AttemptRow>().Where(row => row.Consortium == scope.Consortium && row.CardRef == reference).Select(row => row.NodeId).Distinct().ToList();
        var visited = scope.Db.Set<VisitRow>().Where(row => row.CardId == card.CardId).Select(row => row.BranchId).ToList();
        return nodes.All.Where(node => !node.Revoked
            && (presented.Contains(node.NodeId) || visited.Contains(node.BranchId)
                || core.Index.Branch(node.BranchId)?.Policy.ReplicaScope is ReplicaScope.Branch or ReplicaScope.Consortium));
    }
}
