using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Nodes;
using KioskLink.Register.Sync;
using KioskLink.Rules.Branches;
using KioskLink.Simulation.World;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Simulation.Centre;

/// <summary>One node's stream of facts from the register, over one connection: the steps of the register's own stream without its waits.</summary>
internal sealed class Feed
{
    private readonly SimWorld _world;
    private readonly SimRegister _register;
    private readonly EnrolledNode _node;
    private readonly Connection _connection;
    private readonly Action<SyncEntitlementsResponse> _toNode;
    private readonly PendingStates _pending = new();
    private readonly CreditWindow _credit = new();
    private NodeView _view;
    private long _read;
    private long _completed;
    private bool _sentSinceComplete;
    private bool _inSnapshot;

    /// <summary>Greets a node and begins; a position that cannot be continued takes a snapshot.</summary>
    public Feed(SimWorld world, SimRegister register, EnrolledNode node, SyncHello hello, Connection connection, Action<SyncEntitlementsResponse> toNode)
    {
        (_world, _register, _node, _connection, _toNode) = (world, register, node, connection, toNode);
        _view = new NodeView(node, Branch(), register.Entitlements);
        _credit.Open(hello.CreditBytes);
        var snapshot = NeedsSnapshot(hello);
        var welcome = new SyncWelcome { Epoch = SimRegister.Epoch, Version = register.Version, Snapshot = snapshot, Time = world.Now.ToProto() };
        Send(new SyncEntitlementsResponse { Welcome = welcome });
        _read = _completed = snapshot ? register.Version : hello.Position.Version;
        if (snapshot)
            BeginSnapshot();
    }

    public bool IsBroken => _connection.IsBroken;

    /// <summary>Sends what there is to send.</summary>
    public void Pump()
    {
        if (IsBroken)
            return;
        _pending.Add(_register.Log.Skip((int)_read));
        _read = _register.Version;
        while (_pending.NextPriority() is { } change)
            Send(State(change));
        while (!IsBroken && _pending.PeekBulk() is var (entry, change))
        {
            var state = entry is not null ? _view.State(entry, priority: false, _world.Now) : State(change!);
            if (state is not null && !_credit.TryTake(state.CalculateSize()))
                return;
            Send(state);
            if (_pending.TakeBulk())
                EndSnapshot();
        }
        Complete(quietly: true);
    }

    /// <summary>Says up to when the facts are complete.</summary>
    public void Watermark()
    {
        Pump();
        if (IsBroken || _pending.HasBulk)
            return;
        Complete(quietly: false);
        Send(new SyncEntitlementsResponse { Watermark = new SyncWatermark { Position = Position(_completed), AsOf = _world.Now.ToProto() } });
    }

    public void Grant(long bytes)
    {
        _credit.Grant(bytes);
        Pump();
    }

    private BranchPolicy Branch() => _register.Index.Branch(_node.BranchId)!.Policy;

    private bool NeedsSnapshot(SyncHello hello) =>
        hello.Position is not { } position
        || position.Epoch != SimRegister.Epoch
        || !hello.KeyId.Span.SequenceEqual(_node.Keys.KeyId)
        || _register.History.At(EntityId.Branch(_node.BranchId), position.Version) is not BranchEntry before
        || NodeViews.DiffersInReplica(before.Policy, Branch());

    private void BeginSnapshot()
    {
        _inSnapshot = true;
        _pending.Begin(_register.Index.EntriesForBranch(_view.Branch, _world.Now));
    }

    private void EndSnapshot()
    {
        _inSnapshot = false;
        SendComplete();
    }

    private EntityState? State(Change change)
    {
        var entry = _register.Index.Find(change.Entity)!;
        if (entry is BranchEntry own && own.Policy.Id == _node.BranchId)
            Redefine();
        return _view.State(entry, change.Priority, _world.Now);
    }

    // A replica that is to hold other cards is made anew: the stream ends, and the node comes back for a snapshot.
    private void Redefine()
    {
        var before = _view.Branch;
        _view = new NodeView(_node, Branch(), _register.Entitlements);
        if (NodeViews.DiffersInReplica(before, _view.Branch))
            _connection.Break();
    }

    private void Complete(bool quietly)
    {
        if (_completed >= _read || _inSnapshot || _pending.HasBulk || (quietly && !_sentSinceComplete))
            return;
        _completed = _read;
        SendComplete();
    }

    private void SendComplete()
    {
        _sentSinceComplete = false;
        Send(new SyncEntitlementsResponse { Complete = new SyncComplete { Position = Position(_completed) } });
    }

    private void Send(EntityState? state)
    {
        if (state is null)
            return;
        _sentSinceComplete = true;
        Send(new SyncEntitlementsResponse { State = state });
    }

    private void Send(SyncEntitlementsResponse message)
    {
        var bytes = Google.Protobuf.MessageExtensions.ToByteArray(message);
        _connection.Send(toRegister: false, () => _toNode(SyncEntitlementsResponse.Parser.ParseFrom(bytes)), mayRepeat: message.State is not null);
    }

    private static Wire.Position Position(long version) => new() { Epoch = SimRegister.Epoch, Version = version };
}
