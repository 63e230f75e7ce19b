using KioskLink.Node.Clock;
using KioskLink.Node.RegisterLink;
using KioskLink.Protos.Register.V1;
using KioskLink.Simulation.Centre;
using KioskLink.Simulation.World;
using NodaTime;
using Types = KioskLink.Protos.Types.V1;

namespace KioskLink.Simulation.Branch;

/// <summary>The node's end of the stream of facts: connects, takes what comes, confirms what is durable.</summary>
internal sealed class SyncSide(NodeRun run)
{
    private static readonly Duration Silence = Duration.FromTimeSpan(SyncClient.SilenceLimit);
    private readonly Dictionary<Google.Protobuf.ByteString, EntityState> _first = [];
    private readonly RetryDelay _retry = new(() => run.World.Chance.Below(1000) / 1000.0);
    private readonly List<long> _priorities = [];
    private Connection? _connection;
    private Instant _heardAt;
    private long _bulkBytes;
    private bool _caughtUp;

    private SimNode Node => run.Node;

    /// <summary>Opens a connection and says hello.</summary>
    public void Connect()
    {
        if (_connection is not null)
            return;
        var connection = _connection = new Connection(Node.Wire);
        (_heardAt, _caughtUp, _bulkBytes) = (run.World.Now, false, 0);
        _priorities.Clear();
        var mark = run.Facts.Mark;
        var hello = new SyncHello
        {
            Position = mark.IsComplete ? new Types.Position { Epoch = mark.Epoch, Version = mark.Version } : null,
            KeyId = Google.Protobuf.ByteString.CopyFrom(Node.Enrolled.Keys.KeyId),
            CreditBytes = SyncClient.Credit,
        };
        connection.Send(toRegister: true, () => Greet(hello, connection));
    }

    /// <summary>A second has passed: a silent stream is given up, and a stream without calls is probed.</summary>
    public void Pulse()
    {
        if (_connection is { } connection && (connection.IsBroken || run.World.Now - _heardAt > Silence))
            Lose(connection);
        else if (run.Link is { StreamUp: true, CallsGood: false })
            Probe();
    }

    /// <summary>Whether watermarks would come, were there time for them.</summary>
    public bool IsHealthy => _caughtUp && _connection is { IsHealthy: true } && !Node.Register.IsDown && Node.Feed is { IsBroken: false };

    /// <summary>Takes a message of the register.</summary>
    public void Take(SyncEntitlementsResponse message)
    {
        _heardAt = run.World.Now;
        switch (message.MessageCase)
        {
            case SyncEntitlementsResponse.MessageOneofCase.Welcome:
                Welcome(message.Welcome);
                break;
            case SyncEntitlementsResponse.MessageOneofCase.State:
                Apply(message.State);
                _bulkBytes += message.State.Priority ? 0 : message.State.CalculateSize();
                break;
            case SyncEntitlementsResponse.MessageOneofCase.Complete:
                if (run.World.Bug != PlantedBug.SnapshotKeepsAll || run.Facts.Mark.IsComplete)
                    run.Facts.Complete(message.Complete.Position);
                Flush();
                CatchUp();
                break;
            case SyncEntitlementsResponse.MessageOneofCase.Watermark:
                OnWatermark(message.Watermark);
                break;
        }
        Node.Witness.Position(run);
        if (_priorities.Count > 0 || _bulkBytes >= SyncClient.Credit / 2)
            Confirm();
        else
            run.After(run.World.Chance.Milliseconds(1, 20), Confirm);
    }

    private void Greet(SyncHello hello, Connection connection)
    {
        if (Node.Register.IsDown)
            return;
        Node.Witness.Hello(Node.Id, hello);
        Node.Feed = new Feed(run.World, Node.Register, Node.Enrolled, hello, connection, message =>
        {
            if (run.IsAlive && _connection == connection)
                Take(message);
        });
        Node.Feed.Pump();
    }

    private void Welcome(SyncWelcome welcome)
    {
        run.OnTime(welcome.Time.FromProto());
        if (!Node.Enrolled.Keys.KeyId.AsSpan().SequenceEqual(run.Facts.Mark.KeyId))
            run.Facts.Forget(Node.Disk.Mark);
        run.Facts.Begin(welcome.Snapshot, Node.Enrolled.Keys.KeyId);
        if (!welcome.Snapshot && welcome.Version <= run.Facts.Mark.Version)
            CatchUp();
    }

    private void Apply(EntityState state)
    {
        run.Facts.Apply(state);
        Node.Witness.Applied(run, state);
        if (state.Branch is not null)
            run.BranchVersion = Math.Max(run.BranchVersion, state.Version);
        if (state.Priority)
            _priorities.Add(state.Version);
        if (run.World.Bug == PlantedBug.OlderStateWins && state.Entitlement is not null)
            run.Facts.Apply(Older(state));
    }

    private EntityState Older(EntityState state)
    {
        if (_first.TryAdd(state.Entity, state))
            return state;
        return new EntityState(_first[state.Entity]) { Version = state.Version };
    }

    private void OnWatermark(SyncWatermark watermark)
    {
        var asOf = watermark.AsOf.FromProto();
        run.OnTime(asOf);
        if (run.Facts.OnWatermark(watermark.Position, asOf))
            Flush();
        if (run.Facts.Mark.IsComplete)
            CatchUp();
        run.Post(LinkInput.Watermark);
    }

    private void CatchUp()
    {
        if (_caughtUp)
            return;
        _caughtUp = true;
        _retry.Reset();
        run.Post(LinkInput.StreamCaughtUp);
        Probe();
    }

    // A disk that cannot take it ends the stream.
    private bool Flush()
    {
        if (run.Facts.Unwritten() is not { } write)
            return true;
        if (!Node.Disk.Write(write))
        {
            Lose(_connection);
            return false;
        }
        run.Facts.OnWritten();
        return true;
    }

    // What is confirmed must be durable first.
    private void Confirm()
    {
        if (!Flush())
            return;
        Node.Witness.Confirmed(run);
        var (bytes, feed) = (_bulkBytes, Node.Feed);
        _bulkBytes = 0;
        _priorities.Clear();
        if (bytes > 0)
            _connection?.Send(toRegister: true, () => feed?.Grant(bytes));
    }

    private void Lose(Connection? connection)
    {
        connection?.Break();
        if (_connection != connection)
            return;
        run.Post(LinkInput.StreamLost);
        run.After(Duration.FromTimeSpan(_retry.Next()), () =>
        {
            if (_connection == connection)
            {
                _connection = null;
                Connect();
            }
        });
    }

    private void Probe()
    {
        var call = new Connection(Node.Wire);
        call.Send(toRegister: true, () =>
        {
            if (!Node.Register.IsDown)
                call.Send(toRegister: false, () =>
                {
                    if (run.IsAlive)
                        run.Post(LinkInput.CallAnswered);
                });
        });
    }
}
