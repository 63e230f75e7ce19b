namespace KioskLink.Node.Replica;

/// <summary>What is in force and has to become durable, in one transaction.</summary>
/// <param name="States">States by entity.</param>
/// <param name="Mark">Where the replica stands with them.</param>
/// <param name="Drops">Whether entities have ended: those gone by the mark's version, and those of an older generation.</param>
/// <param name="Generation">The last completed snapshot; what it did not name has ended.</param>
internal sealed record ReplicaWrite(IReadOnlyCollection<KeyValuePair<byte[], Held>> States, ReplicaMark Mark, bool Drops, int Generation);
