using System.Collections.Concurrent;
using KioskLink.Protos.Register.V1;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Replica;

/// <summary>
/// The node's store of entitlements, badges and the branch: durable in SQLite, in memory for decisions. What arrives is in force at
/// once and durable with the next <see cref="Flush"/>. Any thread reads; the sync client alone writes.
/// </summary>
internal sealed class NodeReplica : IDisposable
{
    private static readonly Duration KeepAsOfEvery = Duration.FromSeconds(5);

    private readonly ReplicaFile _file;
    private readonly ConcurrentDictionary<UInt128, Held> _held = new();
    private readonly Dictionary<byte[], Held> _unwritten = new(ByteArrays.Equality);
    private volatile ReplicaMark _mark;
    private volatile BranchPolicy? _branch;
    private ReplicaMark _written;
    private bool _inSnapshot;

    /// <summary>Opens a replica's file and reads it into memory.</summary>
    /// <param name="path">The file.</param>
    public NodeReplica(string path)
    {
        (_file, WasDamaged) = ReplicaFile.Open(path);
        _written = _mark = _file.ReadMark();
        foreach (var (key, held) in _file.ReadAll())
            Hold(key, held);
    }

    /// <summary>Whether the file was damaged at the start, so that everything is fetched anew.</summary>
    public bool WasDamaged { get; }

    /// <summary>The branch with hours and rules; null until the first sync.</summary>
    public BranchPolicy? Branch => _branch;

    /// <summary>Told after the branch changed; handlers return at once.</summary>
    public event Action<BranchPolicy>? BranchChanged;

    /// <summary>Where the replica stands.</summary>
    public ReplicaMark Mark => _mark;

    /// <summary>Entities held.</summary>
    public int Count => _held.Count;

    /// <summary>Up to when the facts are known to be complete.</summary>
    public Instant? AsOf => _mark.AsOf;

    /// <summary>The age of the facts; without end while they were never complete.</summary>
    public Duration AgeAt(Instant now) => _mark.AsOf is { } asOf ? Duration.Max(now - asOf, Duration.Zero) : Duration.MaxValue;

    /// <summary>What is held of a token; an unknown card where nothing is.</summary>
    public Holder Find(ReadOnlySpan<byte> token) => _held.GetValueOrDefault(EntityKey.Of(token)) switch
    {
        { Kind: EntityKind.Card } card => CardWire.ToHolder(card),
        { Kind: EntityKind.Badge } badge => new Holder(BadgeWire.FromProto(Wire.Badge.Parser.ParseFrom(badge.State)), null, badge.Version),
        _ => new Holder(new UnknownCard(), null, 0),
    };

    /// <summary>Begins a stream. Another key makes every token worthless; a snapshot drops at its end what it did not name.</summary>
    public void Begin(bool snapshot, byte[] keyId)
    {
        if (!keyId.AsSpan().SequenceEqual(_mark.KeyId))
            Clear();
        _inSnapshot = snapshot;
        _mark = _mark with { KeyId = keyId, Generation = snapshot ? _mark.Generation + 1 : _mark.Generation };
    }

    /// <summary>Puts the state of an entity in force, unless a newer one is.</summary>
    public void Apply(EntityState state)
    {
        var key = state.Entity.ToByteArray();
        var held = StateOf(state, _mark.Generation);
        if (_held.TryGetValue(EntityKey.Of(key), out var older) && older.Version > held.Version && older.Generation == held.Generation)
            return;
        Hold(key, held);
        _unwritten[key] = held;
    }

    /// <summary>Makes what is in force durable.</summary>
    public void Flush()
    {
        if (_unwritten.Count == 0 && _mark == _written)
            return;
        var mark = _mark;
        _file.Write(_unwritten, mark);
        _unwritten.Clear();
        _written = mark;
    }

    /// <summary>Takes note that everything up to a position was sent, and makes it durable.</summary>
    public void Complete(Wire.Position position)
    {
        var over = _held.Where(held => IsOver(held.Value, position.Version)).Select(held => held.Key).ToList();
        foreach (var key in over)
            _held.TryRemove(key, out _);
        var mark = _mark = _mark with { Epoch = position.Epoch, Version = position.Version };
        if (over.Count > 0)
            _file.WriteComplete(_unwritten, mark, _inSnapshot);
        else
            _file.Write(_unwritten, mark);
        _inSnapshot = false;
        _unwritten.Clear();
        _written = mark;
    }

    /// <summary>Takes note that the facts are complete as of a time; during a snapshot they are not.</summary>
    public void OnWatermark(Wire.Position position, Instant asOf)
    {
        if (_inSnapshot || !_mark.IsComplete)
            return;
        _mark = _mark with { Epoch = position.Epoch, Version = Math.Max(position.Version, _mark.Version), AsOf = asOf };
        if (_written.AsOf is not { } kept || asOf - kept >= KeepAsOfEvery)
            Flush();
    }

    /// <summary>Forgets everything, on the disk too.</summary>
    public void Clear()
    {
        _held.Clear();
        _unwritten.Clear();
        _file.Clear();
        _written = _mark = _file.ReadMark();
    }

    /// <summary>Writes what is in force and closes the file.</summary>
    public void Dispose()
    {
        Flush();
        _file.Dispose();
    }

    private static Held StateOf(EntityState state, int generation) => state.StateCase switch
    {
        EntityState.StateOneofCase.Entitlement => new Held(EntityKind.Card, state.Version, generation, CardWire.ToStored(state.Entitlement)),
        EntityState.StateOneofCase.Badge => new Held(EntityKind.Badge, state.Version, generation, Google.Protobuf.MessageExtensions.ToByteArray(state.Badge)),
        EntityState.StateOneofCase.Branch => new Held(EntityKind.Branch, state.Version, generation, Google.Protobuf.MessageExtensions.ToByteArray(state.Branch)),
        _ => new Held(EntityKind.Gone, state.Version, generation, []),
    };

    private bool IsOver(Held held, long completeVersion) =>
        (held.Kind == EntityKind.Gone && held.Version <= completeVersion) || (_inSnapshot && held.Generation != _mark.Generation);

    private void Hold(byte[] key, Held held)
    {
        _held[EntityKey.Of(key)] = held;
        if (held.Kind != EntityKind.Branch)
            return;
        var branch = BranchWire.FromProto(Wire.BranchFacts.Parser.ParseFrom(held.State));
        _branch = branch;
        BranchChanged?.Invoke(branch);
    }
}
