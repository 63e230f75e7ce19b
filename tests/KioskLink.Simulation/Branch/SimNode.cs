using KioskLink.Protos.Register.V1;
using KioskLink.Register.Nodes;
using KioskLink.Rules.Cards;
using KioskLink.Rules.Doors;
using KioskLink.Simulation.Centre;
using KioskLink.Simulation.Promises;
using KioskLink.Simulation.World;
using NodaTime;

namespace KioskLink.Simulation.Branch;

/// <summary>A branch machine: what outlives the program on it, and the program while it runs.</summary>
internal sealed class SimNode
{
    private static readonly Duration Believed = Duration.FromDays(7);
    private readonly Dictionary<string, Instant> _boots = [];

    public SimNode(SimWorld world, SimRegister register, Intake intake, Witness witness, string branchId, UnlockPulse pulse, bool batteryClock)
    {
        (World, Register, Intake, Witness, HasBatteryClock) = (world, register, intake, witness, batteryClock);
        var key = world.Chance.Bytes(NodeKeys.NodeKeyLength);
        Enrolled = new EnrolledNode($"{branchId}-front", branchId, KeyCustody.Tpm, key, NodeKeys.Derive(key), Instant.MaxValue, Revoked: false);
        Disk = new NodeDisk(world);
        Wire = new Wire(world);
        Board = new LockBoard(world, pulse) { NodeHasRunFor = () => Run is { } run ? world.Now - run.StartedAt : null };
        Boot();
    }

    public SimWorld World { get; }

    public SimRegister Register { get; }

    public Intake Intake { get; }

    public Witness Witness { get; }

    public EnrolledNode Enrolled { get; }

    public string Id => Enrolled.NodeId;

    public NodeDisk Disk { get; }

    public Wire Wire { get; }

    public LockBoard Board { get; }

    public bool HasBatteryClock { get; }

    /// <summary>How far the machine's own clock is off.</summary>
    public Duration Skew { get; set; }

    public string BootId { get; private set; } = "";

    public Duration BootTime => World.Now - _boots[BootId];

    public Instant MachineTime => World.Now + Skew;

    public Duration BelievedAhead => Believed;

    /// <summary>The program; null while it is dead.</summary>
    public NodeRun? Run { get; private set; }

    /// <summary>The stream of facts at the register's end; null while there is none.</summary>
    public Feed? Feed { get; set; }

    public void Start()
    {
        if (Run is not null)
            return;
        Run = new NodeRun(this);
        Run.Begin();
    }

    /// <summary>Ends the program between two instructions, with the machine or without it.</summary>
    public void Kill(bool withMachine)
    {
        if (Run is null)
            return;
        World.Faults.Count(Fault.Kill);
        Run.Die();
        Run = null;
        Disk.Tear();
        Witness.Forget(Id);
        if (withMachine)
            Boot();
    }

    /// <summary>When a boot really began.</summary>
    public Instant BootedAt(string bootId) => _boots[bootId];

    private void Boot()
    {
        BootId = $"{Enrolled.BranchId}-boot-{_boots.Count + 1}";
        _boots[BootId] = World.Now - Duration.FromSeconds(5);
    }
}
