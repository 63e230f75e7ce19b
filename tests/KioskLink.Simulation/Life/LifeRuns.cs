using System.Globalization;
using KioskLink.Simulation.World;

namespace KioskLink.Simulation.Life;

/// <summary>What many days added up to. Thread-safe.</summary>
internal sealed class LifeSum
{
    private readonly Lock _gate = new();
    private readonly FaultCounts _faults = new();
    private long _days;
    private long _decisions;
    private long _unlocks;

    public void Add(SimWorld world)
    {
        lock (_gate)
        {
            _faults.Add(world.Faults);
            (_days, _decisions, _unlocks) = (_days + 1, _decisions + world.Decisions, _unlocks + world.Unlocks);
        }
    }

    /// <summary>How often a fault struck.</summary>
    public long Of(Fault fault) => _faults.Of(fault);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{_days * 24} hours of branch life, {_decisions} decisions, {_unlocks} unlocks\nfaults: {_faults}");
}

/// <summary>Lives seeds side by side.</summary>
internal static class LifeRuns
{
    /// <summary>Lives days until one breaks a promise; gives the sentence that tells of it and how to live it again, or null.</summary>
    public static string? Run(int first, int count, PlantedBug bug, LifeSum sum)
    {
        string? broken = null;
        Parallel.For(first, first + count, (seed, loop) =>
        {
            var life = new BranchLife(seed, bug);
            try
            {
                life.Live();
            }
            catch (Exception problem)
            {
                loop.Stop();
                Interlocked.CompareExchange(ref broken, Tell(seed, life.World.Agenda.Step, problem), null);
            }
            sum.Add(life.World);
        });
        return broken;
    }

    private static string Tell(int seed, long step, Exception problem) => string.Create(CultureInfo.InvariantCulture, $"""
        Seed {seed}, step {step}: {(problem is BrokenPromiseException ? problem.Message : problem)}
        Again: KIOSKLINK_SEED={seed} dotnet test tests/KioskLink.Simulation --filter {nameof(LifeTests.Branch_life_keeps_every_promise)}
        """);
}
