using KioskLink.Protos.Register.V1;
using KioskLink.Rules.Branches;
using Microsoft.Data.Sqlite;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Replica;

/// <summary>
/// The node's store of entitlements, badges and the branch: durable in SQLite, in memory for decisions. What arrives is in force at
/// once and durable with the next <see cref="Flush"/>. Any thread reads; the sync client alone writes.
/// </summary>
internal sealed class NodeReplica : IDisposable
{
    private readonly ReplicaFile _file;
    private readonly HeldFacts _facts;

    /// <summary>Opens a replica's file and reads it into memory.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SqliteException">The disk is full or broken.</exception>
    public NodeReplica(string path) =>
        ((_file, _facts), WasDamaged) = ReplicaFile.Open(path, file => (file, new HeldFacts(file.ReadMark(), file.ReadAll())));

    /// <summary>Whether the file was damaged at the start, so that everything is fetched anew.</summary>
    public bool WasDamaged { get; }

    /// <summary>The branch with hours and rules; null until the first sync.</summary>
    public BranchPolicy? Branch => _facts.Branch;

    /// <summary>Told after the branch changed; handlers return at once.</summary>
    public event Action<BranchPolicy>? BranchChanged
    {
        add => _facts.BranchChanged += value;
        remove => _facts.BranchChanged -= value;
    }

    /// <summary>Told after the disk took what is in force; handlers return at once.</summary>
    public event Action? Written;

    /// <summary>Where the replica stands.</summary>
    public ReplicaMark Mark => _facts.Mark;

    /// <summary>Entities held.</summary>
    public int Count => _facts.Count;

    /// <summary>Up to when the facts are known to be complete.</summary>
    public Instant? AsOf => _facts.Mark.AsOf;

    /// <summary>The age of the facts; without end while they were never complete.</summary>
    public Duration AgeAt(Instant now) => _facts.AgeAt(now);

    /// <summary>What is held of a token; an unknown card where nothing is.</summary>
    public Holder Find(ReadOnlySpan<byte> token) => _facts.Find(token);

    /// <summary>Begins a stream. Another key makes every token worthless; a snapshot drops at its end what it did not name.</summary>
    public void Begin(bool snapshot, byte[] keyId)
    {
        if (!keyId.AsSpan().SequenceEqual(Mark.KeyId))
            Clear();
        _facts.Begin(snapshot, keyId);
    }

    /// <summary>Puts the state of an entity in force, unless a newer one is.</summary>
    public void Apply(EntityState state) => _facts.Apply(state);

    /// <summary>Makes what is in force durable.</summary>
    public void Flush()
    {
        if (_facts.Unwritten() is not { } write)
            return;
        _file.Write(write);
        _facts.OnWritten();
        Written?.Invoke();
    }

    /// <summary>Takes note that everything up to a position was sent, and makes it durable.</summary>
    public void Complete(Wire.Position position)
    {
        _facts.Complete(position);
        Flush();
    }

    /// <summary>Takes note that the facts are complete as of a time; during a snapshot they are not.</summary>
    public void OnWatermark(Wire.Position position, Instant asOf)
    {
        if (_facts.OnWatermark(position, asOf))
            Flush();
    }

    /// <summary>Empties the file's log of writes, so that what was replaced cannot be read from it either.</summary>
    public void Compact() => _file.Compact();

    /// <summary>Forgets everything, on the disk too.</summary>
    public void Clear()
    {
        _file.Clear();
        _facts.Forget(_file.ReadMark());
    }

    /// <summary>Writes what is in force and closes the file.</summary>
    public void Dispose()
    {
        Flush();
        _file.Dispose();
    }
}
