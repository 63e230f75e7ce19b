using KioskLink.Node.Clock;
using KioskLink.Node.Replica;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Journal;
using KioskLink.Simulation.World;
using NodaTime;
using GuessState = KioskLink.Rules.Pins.GuessState;

namespace KioskLink.Simulation.Branch;

/// <summary>
/// A node's disk: what was synced outlives a kill, of what was not the kill decides. Replica, guesses and clock are written whole at a
/// moment; the journal takes its time, and a kill meanwhile tears it.
/// </summary>
internal sealed class NodeDisk(SimWorld world)
{
    private IReadOnlyList<JournalRecord>? _inFlight;
    private long _mount;

    public string JournalId { get; } = "journal-1";

    public List<JournalRecord> Journal { get; } = [];

    /// <summary>Attempts whose grant is durable.</summary>
    public HashSet<string> DurableGrants { get; } = [];

    public ReplicaMark Mark { get; private set; } = ReplicaMark.Empty;

    public Dictionary<byte[], Held> Replica { get; } = new(ByteArrays.Equality);

    public Dictionary<byte[], GuessState> Guesses { get; } = new(ByteArrays.Equality);

    /// <summary>What is kept of time.</summary>
    public KeptTime Time { get; set; } = KeptTime.Nothing;

    public LocalDate? StaffCameOn { get; set; }

    public bool IsLockdown { get; set; }

    public bool IsFull { get; set; }

    /// <summary>Told once, when the next batch begins to be written.</summary>
    public Action? Writing { get; set; }

    public ReadOnlyMemory<byte> Head => Journal.Count == 0 ? EventChain.Genesis : Journal[^1].Hash.Memory;

    /// <summary>Appends a batch; tells once it is durable, or that it cannot be.</summary>
    public void Append(IReadOnlyList<JournalRecord> batch, Action<bool> done)
    {
        if (IsFull)
        {
            world.Agenda.After(Duration.FromMilliseconds(1), () => done(false));
            return;
        }
        _inFlight = batch;
        Writing?.Invoke();
        Writing = null;
        var mount = _mount;
        var sync = world.Chance.OneIn(50) ? world.Chance.Milliseconds(100, 2000) : world.Chance.Milliseconds(1, 30);
        world.Agenda.After(sync, () =>
        {
            if (mount != _mount)
                return;
            Keep(batch);
            _inFlight = null;
            done(true);
        });
    }

    /// <summary>The process dies: what was being written may have reached the disk, or not.</summary>
    public void Tear()
    {
        _mount++;
        if (_inFlight is not { } batch)
            return;
        _inFlight = null;
        world.Faults.Count(Fault.TornWrite);
        if (world.Bug == PlantedBug.HalfABatchKept)
            Keep([.. batch.Take(batch.Count / 2), new JournalRecord(batch[batch.Count / 2]) { Open = Google.Protobuf.ByteString.Empty }]);
        else if (world.Chance.OneIn(2))
            Keep(batch);
    }

    /// <summary>Writes the replica in one transaction; false when the disk is full.</summary>
    public bool Write(ReplicaWrite write)
    {
        if (IsFull)
            return false;
        foreach (var (key, held) in write.States)
            Replica[key] = held;
        Mark = write.Mark;
        if (write.Drops)
            foreach (var key in Replica.Where(held => HasEnded(held.Value, write)).Select(held => held.Key).ToList())
                Replica.Remove(key);
        return true;
    }

    private static bool HasEnded(Held held, ReplicaWrite write) =>
        (held.Kind == EntityKind.Gone && held.Version <= write.Mark.Version) || held.Generation < write.Generation;

    private void Keep(IReadOnlyList<JournalRecord> batch)
    {
        Journal.AddRange(batch);
        foreach (var open in batch.Select(record => RecordOpen.Parser.ParseFrom(record.Open)))
            if (open.Kind == RecordKind.Decision && open.Granted)
                DurableGrants.Add(open.AttemptId);
    }
}
