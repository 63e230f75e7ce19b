using System.Collections.Concurrent;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Store;
using KioskLink.Rules.Cards;
using NodaTime;

namespace KioskLink.Register.Nodes;

/// <summary>Every enrolled node in memory, and the certificates that were revoked; filled from the store at start. Thread-safe.</summary>
internal sealed class NodeDirectory
{
    private readonly ConcurrentDictionary<string, EnrolledNode> _nodes = new(StringComparer.Ordinal);

    /// <summary>Reads nodes and revoked certificates.</summary>
    public NodeDirectory(RegisterCore core, RevokedCertificates revoked)
    {
        using var db = core.Store.Read();
        foreach (var row in db.Set<NodeRow>().Where(row => row.Consortium == core.Store.Consortium))
            Put(FromRow(row, core.Store.Vault));
        revoked.Add(db.Set<NodeCertificateRow>()
            .Where(row => row.Consortium == core.Store.Consortium && row.RevokedAt != null).Select(row => row.Serial));
    }

    /// <summary>Every node, by id.</summary>
    public IReadOnlyList<EnrolledNode> All => [.. _nodes.Values.OrderBy(node => node.NodeId, StringComparer.Ordinal)];

    /// <summary>A node; null when there is none.</summary>
    public EnrolledNode? Find(string nodeId) => _nodes.GetValueOrDefault(nodeId);

    /// <summary>Puts a node's new state in force.</summary>
    public void Put(EnrolledNode node) => _nodes[node.NodeId] = node;

    /// <summary>What a sealed node key is bound to.</summary>
    public static string KeyBinding(string nodeId) => $"node key\0{nodeId}";

    private static EnrolledNode FromRow(NodeRow row, Vault vault)
    {
        var key = vault.Open(row.SealedKey, KeyBinding(row.NodeId));
        return new EnrolledNode(
            row.NodeId, row.BranchId, (KeyCustody)row.Custody, key, NodeKeys.Derive(key),
            Instant.FromUnixTimeMilliseconds(row.CertificateEnds), row.RevokedAt is not null);
    }
}
