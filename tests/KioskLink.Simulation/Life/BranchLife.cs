using KioskLink.Node.RegisterLink;
using KioskLink.Rules.Doors;
using KioskLink.Simulation.Branch;
using KioskLink.Simulation.Centre;
using KioskLink.Simulation.Promises;
using KioskLink.Simulation.World;
using NodaTime;

namespace KioskLink.Simulation.Life;

/// <summary>
/// A day of a register and its branches out of one seed. It is lived in episodes, second by second; the spans between them, in which
/// nothing but watermarks would come, are leapt over.
/// </summary>
internal sealed class BranchLife
{
    private const int Episodes = 20;
    private static readonly Duration Day = Duration.FromHours(24);
    private static readonly Duration Second = Duration.FromSeconds(1);
    private static readonly Duration Arrival = Duration.FromMilliseconds(100);
    private readonly Intake _intake;
    private readonly List<SimNode> _nodes = [];
    private readonly Town _town;
    private readonly Trouble _trouble;

    public BranchLife(int seed, PlantedBug bug)
    {
        World = new SimWorld(seed, bug, Instant.FromUtc(2026, 3, 1, 4, 0) + Duration.FromDays(seed % 365));
        var register = new SimRegister(World);
        var witness = new Witness(World, register);
        _town = new Town(World, register);
        _intake = new Intake(World, register) { CardOf = CardOf };
        foreach (var branch in _town.Branches)
            _nodes.Add(new SimNode(World, register, _intake, witness, branch, World.Chance.OneIn(2) ? UnlockPulse.Host : UnlockPulse.Board, World.Chance.OneIn(2)));
        _trouble = new Trouble(World, register, _nodes);
        Register = register;
    }

    public SimWorld World { get; }

    public SimRegister Register { get; }

    /// <summary>Lives the day, heals everything, and holds the promises.</summary>
    /// <exception cref="BrokenPromiseException">One was broken.</exception>
    public void Live()
    {
        var start = World.Now;
        Register.Committed += () => _nodes.ForEach(node => node.Feed?.Pump());
        _nodes.ForEach(node => node.Start());
        Episode(Duration.FromSeconds(15), () => { });
        var length = Day / Episodes;
        for (var number = 1; number < Episodes; number++)
        {
            World.Agenda.RunUntil(start + (length * number) + World.Chance.Seconds(0, 1200));
            Leap();
            Episode(World.Chance.Seconds(25, 50), Happen);
        }
        World.Agenda.RunUntil(start + Day);
        Heal();
        var end = new EndPromises(World, Register, _intake);
        _nodes.ForEach(end.HoldFor);
    }

    private void Episode(Duration span, Action happen)
    {
        var end = World.Now + span;
        happen();
        while (World.Now < end)
        {
            World.Agenda.RunUntil(World.Now + Second);
            Pulse();
        }
    }

    private void Happen()
    {
        _town.Live(_nodes);
        _trouble.Strike();
    }

    private void Pulse()
    {
        foreach (var node in _nodes)
        {
            if (!Register.IsDown)
                node.Feed?.Watermark();
            node.Run?.Pulse();
        }
    }

    // The watermarks of the span came, one a second, where nothing stood in their way: only the last one matters.
    private void Leap()
    {
        foreach (var node in _nodes.Where(node => node.Run is { Sync.IsHealthy: true }))
            node.Feed!.Watermark();
        World.Agenda.RunUntil(World.Now + Arrival);
    }

    private void Heal()
    {
        _trouble.End();
        Leap();
        Episode(Duration.FromSeconds(90), () => { });
        foreach (var node in _nodes)
            World.Hold(node.Run is { Link.State: LinkState.Online }, "after quiet time the link is online", () => $"{node.Id}: {node.Run?.Link}");
    }

    private Register.Facts.CardEntry? CardOf(string node, byte[] token) =>
        _town.CardOf(_nodes.First(known => known.Id == node).Enrolled.Keys, token);
}
