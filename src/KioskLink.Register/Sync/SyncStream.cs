using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Nodes;
using KioskLink.Register.Store;

namespace KioskLink.Register.Sync;

/// <summary>
/// One node's stream of facts, after the greeting. One loop owns it: 1 read what the log has new, 2 send priority changes,
/// 3 send bulk while the node has room, looking at the log between any two states, 4 move the position, 5 send the
/// watermark, 6 sleep until a commit, credit or a second has passed.
/// </summary>
internal sealed class SyncStream(RegisterCore core, NodeViews views, EnrolledNode node, LogPulse pulse, IServerStreamWriter<SyncEntitlementsResponse> stream)
{
    /// <summary>Changes read from the log at once.</summary>
    public const int ReadMax = 1024;

    private const int GrantsMax = 1024;

    private readonly PendingStates _pending = new();
    private readonly CreditWindow _credit = new();
    private readonly Channel<long> _grants = Channel.CreateBounded<long>(GrantsMax);
    private readonly WakeSignal _wake = new();
    private NodeView _view = null!;
    private long _read;
    private long _completed;
    private long _snapshotVersion = -1;
    private LogReading? _told;
    private bool _sentSinceComplete;
    private IDisposable? _place;

    /// <summary>Gives the node's grant to the loop; a node that grants faster than it is served waits.</summary>
    public async ValueTask GrantAsync(long bytes, CancellationToken cancel)
    {
        await _grants.Writer.WriteAsync(bytes, cancel);
        _wake.Wake();
    }

    /// <summary>Runs until it is cancelled.</summary>
    /// <param name="from">The node's position; null takes a snapshot.</param>
    /// <param name="credit">The first credit in bytes.</param>
    /// <param name="gate">Where snapshots wait their turn.</param>
    /// <param name="cancel">Ends the stream.</param>
    public async Task RunAsync(long? from, long credit, SnapshotGate gate, CancellationToken cancel)
    {
        _view = View();
        _credit.Open(credit);
        using var subscription = pulse.Subscribe(_wake);
        try
        {
            if (from is { } position)
                _read = _completed = position;
            else
                await BeginSnapshotAsync(gate, cancel);

            await SendErasuresAsync(cancel);
            while (true)
            {
                Read();
                await SendPriorityAsync(cancel);
                if (await SendBulkAsync(cancel)) continue;
                await SendWatermarkAsync(cancel);
                await _wake.WaitAsync(cancel);
            }
        }
        finally
        {
            _place?.Dispose();
        }
    }

    private async Task BeginSnapshotAsync(SnapshotGate gate, CancellationToken cancel)
    {
        _place = await gate.EnterAsync(cancel);
        _read = _snapshotVersion = core.Log.Head.Version;
        _completed = -1;
        _pending.Begin(core.Index.EntriesForBranch(_view.Branch, core.Now()));
        if (!_pending.HasBulk) await EndSnapshotAsync(cancel);
    }

    private void Read()
    {
        while (_grants.Reader.TryRead(out var bytes)) _credit.Grant(bytes);
        while (true)
        {
            var changes = core.Log.ReadAfter(_read, ReadMax)
                ?? throw Refused.With(StatusCode.Aborted, "SNAPSHOT_DUE", "The change log no longer reaches this position; connect again for a snapshot.");
            if (changes.Count == 0) return;
            _pending.Add(changes);
            _read = changes[^1].Version;
        }
    }

    // A snapshot only drops what it does not name; of what was erased the node must forget its own records too.
    private async Task SendErasuresAsync(CancellationToken cancel)
    {
        foreach (var erasure in views.Erasures.PendingOf(node.NodeId))
        {
            var state = new EntityState
            {
                Entity = ByteString.CopyFrom(erasure.Token),
                Version = erasure.Version,
                Priority = true,
                Tombstone = new Tombstone { Erased = true },
            };
            await SendAsync(state, cancel);
        }
    }

    private async Task SendPriorityAsync(CancellationToken cancel)
    {
        while (_pending.NextPriority() is { } change)
        {
            if (State(change) is { } state) await SendAsync(state, cancel);
        }
    }

    /// <summary>Sends bulk while there is room; true when the log has moved meanwhile and must be looked at first.</summary>
    private async Task<bool> SendBulkAsync(CancellationToken cancel)
    {
        while (_pending.PeekBulk() is var (entry, change))
        {
            var state = entry is not null ? _view.State(entry, priority: false, core.Now()) : State(change!);
            if (state is not null)
            {
                if (!_credit.TryTake(state.CalculateSize())) return false;
                await SendAsync(state, cancel);
            }

            if (_pending.TakeBulk()) await EndSnapshotAsync(cancel);
            if (core.Log.Head.Version > _read || _grants.Reader.TryPeek(out _)) return true;
        }

        await CompleteAsync(quietly: true, cancel);
        return false;
    }

    private EntityState? State(Change change)
    {
        if (core.Index.Find(change.Entity) is not { } entry)
            return NodeView.Gone(change, change.Entity.Kind == EntityKind.Card ? views.Erasures.TokenOf(node.NodeId, change.Entity) : null);
        if (entry is BranchEntry own && own.Policy.Id == node.BranchId) Redefine();
        return _view.State(entry, change.Priority, core.Now());
    }

    private void Redefine()
    {
        var before = _view.Branch;
        _view = View();
        if (NodeViews.DiffersInReplica(before, _view.Branch))
            throw Refused.With(StatusCode.Aborted, "SNAPSHOT_DUE", "The branch's replica was redefined; connect again for a snapshot.");
    }

    private NodeView View() => views.Of(node)
        ?? throw Refused.With(StatusCode.FailedPrecondition, "BRANCH_UNKNOWN", $"There is no branch '{node.BranchId}'; apply it, and the node connects again by itself.");

    private async Task EndSnapshotAsync(CancellationToken cancel)
    {
        _place?.Dispose();
        _completed = _snapshotVersion;
        await SendAsync(new SyncEntitlementsResponse { Complete = new SyncComplete { Position = Position(_completed) } }, cancel);
    }

    // A node whose facts did not change hears of the new position with the next watermark, not at every commit.
    private async Task CompleteAsync(bool quietly, CancellationToken cancel)
    {
        if (_completed >= _read || _pending.HasBulk || (quietly && !_sentSinceComplete)) return;
        _completed = _read;
        _sentSinceComplete = false;
        await SendAsync(new SyncEntitlementsResponse { Complete = new SyncComplete { Position = Position(_completed) } }, cancel);
    }

    private async Task SendWatermarkAsync(CancellationToken cancel)
    {
        if (pulse.Last is not { } reading || reading == _told || _pending.HasBulk || _read < reading.Head.Version) return;
        _told = reading;
        await CompleteAsync(quietly: false, cancel);
        var watermark = new SyncWatermark { Position = Position(_completed), AsOf = reading.AsOf.ToProto() };
        await SendAsync(new SyncEntitlementsResponse { Watermark = watermark }, cancel);
    }

    private Position Position(long version) => new() { Epoch = core.Log.Head.Epoch, Version = version };

    private Task SendAsync(EntityState state, CancellationToken cancel)
    {
        _sentSinceComplete = true;
        return SendAsync(new SyncEntitlementsResponse { State = state }, cancel);
    }

    private Task SendAsync(SyncEntitlementsResponse message, CancellationToken cancel) => stream.WriteAsync(message, cancel);
}
