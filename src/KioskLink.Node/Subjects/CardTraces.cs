using KioskLink.Node.Clock;
using KioskLink.Node.Deciding;
using KioskLink.Node.Journal;
using KioskLink.Node.Outage;
using KioskLink.Node.Replica;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Node.Subjects;

/// <summary>
/// Everything that this node keeps of one card's token: facts in the replica, records of the journal, counted guesses, loans that wait for the register. Says what it is,
/// and forgets it when its holder was erased. Thread-safe.
/// </summary>
internal sealed class CardTraces(NodeReplica replica, NodeJournal journal, GuessStore guesses, ActBook acts, NodeClock clock)
{
    /// <summary>What is kept.</summary>
    public TokenHoldings Of(byte[] token)
    {
        var times = journal.TimesOf(token);
        var holder = replica.Find(token);
        return new TokenHoldings
        {
            Held = holder.Version > 0,
            Version = holder.Version,
            JournalRecords = times.Count,
            FirstTime = times.Count == 0 ? null : times[0].ToProto(),
            LastTime = times.Count == 0 ? null : times[^1].ToProto(),
            Guesses = guesses.Counts(token),
            Acts = acts.CountOf(token),
        };
    }

    /// <summary>Forgets it in journal, guesses and acts, durably; the replica drops it with the tombstone. False when the disk refused.</summary>
    public async Task<bool> ForgetAsync(byte[] token) =>
        await journal.ForgetCardAsync(token) & await guesses.ForgetAsync(token) & await acts.ForgetCardAsync(token, clock.Now);
}
