using System.Collections.Concurrent;
using KioskLink.Register.Store;

namespace KioskLink.Register.Events;

/// <summary>How far the register holds a journal.</summary>
/// <param name="JournalId">The journal.</param>
/// <param name="Sequence">Its last record here; 0 means none.</param>
/// <param name="Hash">That record's hash; empty means none.</param>
internal sealed record JournalHead(string JournalId, long Sequence, byte[] Hash);

/// <summary>The heads of all journals, and each node's newest one. Thread-safe.</summary>
internal sealed class JournalHeads
{
    private readonly ConcurrentDictionary<(string NodeId, string JournalId), JournalHead> _heads = new();
    private readonly ConcurrentDictionary<string, JournalHead> _newest = new(StringComparer.Ordinal);

    /// <summary>Reads the heads from the store.</summary>
    public JournalHeads(RegisterCore core)
    {
        using var db = core.Store.Read();
        foreach (var row in db.Set<JournalRow>().Where(row => row.Consortium == core.Store.Consortium).OrderBy(row => row.UpdatedAt))
            Move(row.NodeId, new JournalHead(row.JournalId, row.Sequence, row.Hash));
    }

    /// <summary>The head of a journal; that of an unknown one is at 0.</summary>
    public JournalHead Of(string nodeId, string journalId) =>
        _heads.GetValueOrDefault((nodeId, journalId)) ?? new JournalHead(journalId, 0, []);

    /// <summary>The journal of a node that moved last; null before its first record.</summary>
    public JournalHead? Newest(string nodeId) => _newest.GetValueOrDefault(nodeId);

    /// <summary>Notes that a journal is held further.</summary>
    public void Move(string nodeId, JournalHead head)
    {
        _heads[(nodeId, head.JournalId)] = head;
        _newest[nodeId] = head;
    }
}
