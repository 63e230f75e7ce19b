using KioskLink.Node.Clock;
using KioskLink.Node.Doors;
using KioskLink.Node.Journal;
using KioskLink.Node.RegisterLink;
using KioskLink.Node.Replica;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Branches;
using KioskLink.Simulation.World;
using NodaTime;

namespace KioskLink.Simulation.Branch;

/// <summary>One life of the node's program, from its start to its end: everything here is gone with it.</summary>
internal sealed class NodeRun
{
    private static readonly Duration KeepTimeEvery = NodeClock.KeepEvery;
    private ClockAnchor? _anchor;
    private ClockAnchor? _told;
    private ClockAnchor _lived;
    private Instant _timeKeptAt;

    public NodeRun(SimNode node)
    {
        Node = node;
        StartedAt = World.Now;
        Instant? battery = node.HasBatteryClock ? node.MachineTime : null;
        _anchor = ClockRules.AtStart(node.Disk.Time.Told, node.BootId, node.BootTime, battery, node.BelievedAhead);
        _lived = ClockRules.LivedAtStart(node.Disk.Time.Lived, node.BootId, node.BootTime);
        Facts = new HeldFacts(node.Disk.Mark, node.Disk.Replica.Select(held => (held.Key, held.Value)));
        BranchVersion = node.Disk.Replica.Values.Where(held => held.Kind == EntityKind.Branch).Select(held => held.Version).DefaultIfEmpty().Max();
        Journal = new JournalSide(this);
        Door = new DoorSide(this);
        Sync = new SyncSide(this);
        Uplink = new UplinkSide(this);
        Deciding = new DecidingSide(this);
        Reader = new ReaderSide(this);
        Probe = new ProbeSide(this);
    }

    public SimNode Node { get; }

    public SimWorld World => Node.World;

    public Instant StartedAt { get; }

    public bool IsAlive { get; private set; } = true;

    public HeldFacts Facts { get; }

    /// <summary>The version of the branch that is in force here.</summary>
    public long BranchVersion { get; set; }

    public LinkFacts Link { get; private set; } = LinkFacts.AtStart;

    public JournalSide Journal { get; }

    public DoorSide Door { get; }

    public SyncSide Sync { get; }

    public UplinkSide Uplink { get; }

    public DecidingSide Deciding { get; }

    public ReaderSide Reader { get; }

    public ProbeSide Probe { get; }

    public bool IsClockTrusted => _anchor is not null;

    public Instant Now => _anchor is { } anchor ? ClockRules.TimeAt(anchor, Node.BootTime) : Node.MachineTime;

    /// <summary>The time that has passed for certain.</summary>
    public Instant Lived => ClockRules.TimeAt(_lived, Node.BootTime);

    /// <summary>When the register last corrected the clock.</summary>
    public Instant CorrectedAt { get; private set; } = Instant.MinValue;

    /// <summary>Told when the link is no longer online.</summary>
    public event Action? Doubted;

    public bool IsStaffPresent => Node.Disk.StaffCameOn == StaffedHours.DayOf(Now);

    /// <summary>Starts: the door is locked first, what was interrupted is recorded, then the register is called.</summary>
    public void Begin()
    {
        Door.Start();
        foreach (var interrupted in Interruptions.Find(Node.Disk.Journal))
            Journal.Append(interrupted, null, _ => { });
        Journal.Append(new RecordOpen { Kind = RecordKind.NodeStarted }, null, _ => { });
        Door.FollowCalendar();
        Sync.Connect();
    }

    public void Die() => IsAlive = false;

    /// <summary>A second has passed.</summary>
    public void Pulse()
    {
        Post(LinkInput.Tick);
        if (World.Now - _timeKeptAt >= KeepTimeEvery)
            KeepTime();
        Sync.Pulse();
        Uplink.Pulse();
        Door.FollowCalendar();
    }

    public void Post(LinkInput input)
    {
        var before = Link.State;
        Link = LinkRules.Step(Link, input, Node.BootTime);
        if (before == LinkState.Online && Link.State != LinkState.Online)
            Doubted?.Invoke();
    }

    public void OnTime(Instant asOf)
    {
        var isFirst = _told is null;
        var before = Now;
        _told = _anchor = ClockRules.OnWatermark(_anchor, Node.BootId, Node.BootTime, asOf);
        _lived = ClockRules.LivedOnWatermark(_lived, Node.BootTime, asOf);
        if (IsClockTrusted && (Now - before > ClockRules.Tolerance || before - Now > ClockRules.Tolerance))
            CorrectedAt = World.Now;
        if (isFirst)
            KeepTime();
    }

    private void KeepTime()
    {
        _timeKeptAt = World.Now;
        if (!Node.Disk.IsFull)
            Node.Disk.Time = new KeptTime(_told ?? Node.Disk.Time.Told, new ClockAnchor(Node.BootId, Node.BootTime, Lived));
    }

    /// <summary>Does something later, if this life still lasts.</summary>
    public void After(Duration wait, Action act) => World.Agenda.After(wait, () =>
    {
        if (IsAlive)
            act();
    });

    public BranchPolicy? Branch => Facts.Branch;
}
