using KioskLink.Node.Replica;

namespace KioskLink.Node.Deciding;

/// <summary>Decides one presentation: the register's answer, the replica's beside it, the journal before anybody moves. Thread-safe.</summary>
internal sealed class Decider(NodeReplica replica)
{
    /// <summary>
    /// Decides. The record is durable when this returns with <see cref="DecisionRecord.MayUnlock"/>; the caller then moves the lock and appends
    /// the outcome. A repeated attempt id gets the same answer and counts once.
    /// </summary>
    public Task<DecisionRecord> DecideAsync(Presentation presentation, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        throw new InvalidOperationException($"{presentation}: deciding is not wired yet (branch {replica.Branch?.Id})");
    }
}
