using KioskLink.Node.EventUplink;
using KioskLink.Node.RegisterLink;
using KioskLink.Simulation.World;
using NodaTime;

namespace KioskLink.Simulation.Branch;

/// <summary>Carries the journal to the register: from what it holds, in order, at most a window ahead of its acknowledgement.</summary>
internal sealed class UplinkSide(NodeRun run)
{
    private static readonly Duration Patience = Duration.FromSeconds(10);
    private Connection? _connection;
    private Instant _heardAt;
    private bool _isOpen;
    private long _sent;
    private long _acknowledged;

    private SimNode Node => run.Node;

    /// <summary>A second has passed: a stream without answers is given up, and one is opened while the link is online.</summary>
    public void Pulse()
    {
        var isOverdue = run.World.Now - _heardAt > Patience && (!_isOpen || _sent > _acknowledged);
        if (_connection is { } old && (old.IsBroken || isOverdue))
        {
            old.Break();
            _connection = null;
        }
        if (_connection is null && run.Link.State == LinkState.Online)
            Open();
    }

    /// <summary>Sends what is durable and not yet sent.</summary>
    public void Carry()
    {
        if (!_isOpen || _connection is not { IsBroken: false } connection)
            return;
        while (_sent < Node.Disk.Journal.Count && _sent - _acknowledged < Uplink.Window)
        {
            var record = Node.Disk.Journal[(int)_sent++];
            connection.Send(toRegister: true, () => Deliver(connection, record), mayRepeat: true);
        }
    }

    private void Open()
    {
        var connection = _connection = new Connection(Node.Wire);
        (_isOpen, _heardAt) = (false, run.World.Now);
        connection.Send(toRegister: true, () =>
        {
            if (Node.Register.IsDown)
                return;
            var held = Node.Intake.Of(Node.Id, Node.Disk.JournalId).Count;
            connection.Send(toRegister: false, () => OnHeld(connection, held));
        });
    }

    private void OnHeld(Connection connection, int held)
    {
        if (!run.IsAlive || _connection != connection)
            return;
        run.World.Hold(
            held <= Node.Disk.Journal.Count || run.World.Bug != PlantedBug.None, "the register never holds what its node has lost", () => $"{held} of {Node.Disk.Journal.Count}");
        (_isOpen, _heardAt) = (true, run.World.Now);
        _sent = _acknowledged = run.World.Bug == PlantedBug.RecordsSkipped ? Node.Disk.Journal.Count : Math.Min(held, Node.Disk.Journal.Count);
        Carry();
    }

    private void Deliver(Connection connection, Protos.Types.V1.JournalRecord record)
    {
        if (Node.Register.IsDown)
            return;
        var held = Node.Intake.Take(Node.Id, Node.Enrolled.BranchId, Node.Disk.JournalId, record);
        connection.Send(toRegister: false, () =>
        {
            if (!run.IsAlive || _connection != connection)
                return;
            (_acknowledged, _heardAt) = (Math.Max(_acknowledged, held), run.World.Now);
            Carry();
        });
    }
}
