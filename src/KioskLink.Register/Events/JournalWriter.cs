using KioskLink.Protos.Types.V1;
using KioskLink.Register.Alarms;
using KioskLink.Register.Store;
using KioskLink.Rules.Journal;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Events;

/// <summary>Whose journal records come from.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="BranchId">Its branch.</param>
/// <param name="JournalId">The journal.</param>
/// <param name="FirstSequence">The first record that the node still has.</param>
internal sealed record DeliveredJournal(string NodeId, string BranchId, string JournalId, long FirstSequence);

/// <summary>
/// Takes a batch of a journal into the store, whole or not at all: 1 checks that it continues the chain, 2 keeps the
/// records raw, 3 joins them to attempts and takes alarms, 4 moves the head.
/// </summary>
internal static class JournalWriter
{
    /// <summary>Takes a batch; records that are held already are skipped when their hash is the same.</summary>
    /// <param name="scope">The unit of work.</param>
    /// <param name="journal">Whose journal it is.</param>
    /// <param name="batch">The records, in order.</param>
    /// <param name="alarms">What takes the alarms among them.</param>
    /// <returns>The new head.</returns>
    /// <exception cref="JournalFork">A record does not continue the journal.</exception>
    public static JournalHead Write(WriteScope scope, DeliveredJournal journal, IReadOnlyList<DeliveredRecord> batch, AlarmBook alarms)
    {
        var row = scope.Db.Set<JournalRow>()
            .SingleOrDefault(row => row.Consortium == scope.Consortium && row.NodeId == journal.NodeId && row.JournalId == journal.JournalId);
        var isNew = row is null;
        row ??= new JournalRow { Consortium = scope.Consortium, NodeId = journal.NodeId, JournalId = journal.JournalId, OpenedAt = scope.NowMs };
        foreach (var delivered in batch)
        {
            if (delivered.Record.Sequence <= row.Sequence)
            {
                RequireSame(scope, row, delivered.Record);
                continue;
            }

            RequireNext(row, delivered.Record, journal.FirstSequence);
            scope.Db.Add(ToRow(scope, row, delivered.Record));
            AttemptJoin.Apply(scope, journal.NodeId, journal.BranchId, delivered);
            AlarmIntake.Take(alarms, scope, journal, delivered);
            (row.Sequence, row.Hash) = (delivered.Record.Sequence, delivered.Record.Hash.ToByteArray());
        }

        row.UpdatedAt = scope.NowMs;
        scope.Db.Entry(row).State = isNew ? EntityState.Added : EntityState.Modified;
        scope.Db.SaveChanges();
        return new JournalHead(journal.JournalId, row.Sequence, row.Hash);
    }

    private static void RequireSame(WriteScope scope, JournalRow journal, JournalRecord record)
    {
        var held = scope.Db.Set<JournalRecordRow>()
            .Where(row => row.Consortium == scope.Consortium && row.NodeId == journal.NodeId && row.JournalId == journal.JournalId && row.Sequence == record.Sequence)
            .Select(row => row.Hash)
            .SingleOrDefault();
        if (held is not null && !record.Hash.Span.SequenceEqual(held))
            throw new JournalFork($"record {record.Sequence} differs from the one that the register holds");
    }

    private static void RequireNext(JournalRow journal, JournalRecord record, long firstOnNode)
    {
        // Records that neither side has any more, as after a restore of the register: there is nothing to chain to.
        if (record.Sequence == firstOnNode && record.Sequence > journal.Sequence + 1) return;
        var previous = journal.Sequence == 0 ? EventChain.Genesis : journal.Hash;
        var link = new ChainRecord(
            record.Sequence, record.Open.Memory, record.PersonalHash.Memory, record.Salt.Memory, record.Personal.Memory, record.Hash.Memory);
        var verdict = EventChain.Verify([link], previous, journal.Sequence + 1);
        if (!verdict.IsWhole) throw new JournalFork(verdict.Problem);
    }

    private static JournalRecordRow ToRow(WriteScope scope, JournalRow journal, JournalRecord record) => new()
    {
        Consortium = scope.Consortium,
        NodeId = journal.NodeId,
        JournalId = journal.JournalId,
        Sequence = record.Sequence,
        Open = record.Open.ToByteArray(),
        PersonalHash = record.PersonalHash.ToByteArray(),
        Salt = record.Salt.ToByteArray(),
        Personal = record.Personal.ToByteArray(),
        Hash = record.Hash.ToByteArray(),
        ReceivedAt = scope.NowMs,
    };
}
