using System.Collections.Concurrent;
using Google.Protobuf;
using KioskLink.Node.Hosting;
using KioskLink.Protos.Register.V1;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Replica;

/// <summary>
/// What a replica holds in memory, and how it changes: the newer state of an entity stays, a snapshot drops at its end what it did not
/// name. What changed waits to be written until that was done. Any thread reads, one writes.
/// </summary>
internal sealed class HeldFacts
{
    private static readonly Duration KeepAsOfEvery = Duration.FromSeconds(5);

    private readonly ConcurrentDictionary<UInt128, Held> _held = new();
    private readonly Dictionary<byte[], Held> _unwritten = new(ByteArrays.Equality);
    private volatile ReplicaMark _mark;
    private volatile BranchPolicy? _branch;
    private ReplicaMark _written;
    private bool _inSnapshot;
    private int _completeGeneration;
    private bool _dropsUnwritten;

    /// <summary>Takes what was kept.</summary>
    public HeldFacts(ReplicaMark mark, IEnumerable<(byte[] Key, Held Held)> kept)
    {
        _written = _mark = mark;
        foreach (var (key, held) in kept)
            Hold(key, held);
    }

    /// <summary>The branch with hours and rules; null until the first sync.</summary>
    public BranchPolicy? Branch => _branch;

    /// <summary>Told after the branch changed; handlers return at once.</summary>
    public event Action<BranchPolicy>? BranchChanged;

    /// <summary>Where the replica stands.</summary>
    public ReplicaMark Mark => _mark;

    /// <summary>Entities held.</summary>
    public int Count => _held.Count;

    /// <summary>The age of the facts; without end while they were never complete.</summary>
    public Duration AgeAt(Instant now) => _mark.AsOf is { } asOf ? Duration.Max(now - asOf, Duration.Zero) : Duration.MaxValue;

    /// <summary>What is held of a token; an unknown card where nothing is, or nothing that can be read.</summary>
    public Holder Find(ReadOnlySpan<byte> token)
    {
        try
        {
            return Read(_held.GetValueOrDefault(EntityKey.Of(token)));
        }
        catch (Exception unreadable) when (SqliteFiles.IsDamage(unreadable))
        {
            return Read(null);
        }
    }

    /// <summary>Begins a stream; under another key everything must have been forgotten before.</summary>
    public void Begin(bool snapshot, byte[] keyId)
    {
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

    /// <summary>Takes note that everything up to a position was sent.</summary>
    public void Complete(Wire.Position position)
    {
        _completeGeneration = _inSnapshot ? _mark.Generation : _completeGeneration;
        _inSnapshot = false;
        foreach (var key in _held.Where(held => IsOver(held.Value, position.Version)).Select(held => held.Key).ToList())
            _dropsUnwritten |= _held.TryRemove(key, out _);
        _mark = _mark with { Epoch = position.Epoch, Version = position.Version };
    }

    /// <summary>Takes note that the facts are complete as of a time; during a snapshot they are not.</summary>
    /// <returns>Whether it is time to write that down.</returns>
    public bool OnWatermark(Wire.Position position, Instant asOf)
    {
        if (_inSnapshot || !_mark.IsComplete)
            return false;
        _mark = _mark with { Epoch = position.Epoch, Version = Math.Max(position.Version, _mark.Version), AsOf = asOf };
        return _written.AsOf is not { } kept || asOf - kept >= KeepAsOfEvery;
    }

    /// <summary>What is in force and not durable; null when all is.</summary>
    public ReplicaWrite? Unwritten() =>
        _unwritten.Count == 0 && !_dropsUnwritten && _mark == _written ? null : new ReplicaWrite(_unwritten, _mark, _dropsUnwritten, _completeGeneration);

    /// <summary>Takes note that what was not durable is; nothing may have changed since it was asked for.</summary>
    public void OnWritten()
    {
        _unwritten.Clear();
        _dropsUnwritten = false;
        _written = _mark;
    }

    /// <summary>Forgets everything but where the replica stands now.</summary>
    public void Forget(ReplicaMark mark)
    {
        _held.Clear();
        _unwritten.Clear();
        _dropsUnwritten = false;
        _written = _mark = mark;
    }

    private static Holder Read(Held? held) => held switch
    {
        { Kind: EntityKind.Card } card => CardWire.ToHolder(card),
        { Kind: EntityKind.Badge } badge => new Holder(BadgeWire.FromProto(Wire.Badge.Parser.ParseFrom(badge.State)), null, badge.Version),
        _ => new Holder(new UnknownCard(), null, 0),
    };

    private static Held StateOf(EntityState state, int generation) => state.StateCase switch
    {
        EntityState.StateOneofCase.Entitlement => new Held(EntityKind.Card, state.Version, generation, CardWire.ToStored(state.Entitlement)),
        EntityState.StateOneofCase.Badge => new Held(EntityKind.Badge, state.Version, generation, state.Badge.ToByteArray()),
        EntityState.StateOneofCase.Branch => new Held(EntityKind.Branch, state.Version, generation, state.Branch.ToByteArray()),
        _ => new Held(EntityKind.Gone, state.Version, generation, []),
    };

    private bool IsOver(Held held, long completeVersion) =>
        (held.Kind == EntityKind.Gone && held.Version <= completeVersion) || held.Generation < _completeGeneration;

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
