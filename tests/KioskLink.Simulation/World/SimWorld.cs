using NodaTime;

namespace KioskLink.Simulation.World;

/// <summary>A promise that was broken; the message says which, and how.</summary>
internal sealed class BrokenPromiseException(string message) : Exception(message);

/// <summary>What every simulated part shares: time, chance, the count of faults and the planted bug. One thread.</summary>
internal sealed class SimWorld(int seed, PlantedBug bug, Instant start)
{
    public Agenda Agenda { get; } = new(start);

    public Chance Chance { get; } = new(seed);

    public FaultCounts Faults { get; } = new();

    public PlantedBug Bug { get; } = bug;

    public Instant Now => Agenda.Now;

    /// <summary>Decisions that were made.</summary>
    public long Decisions { get; set; }

    /// <summary>Unlocks that reached a lock.</summary>
    public long Unlocks { get; set; }

    /// <summary>Holds a promise; the detail is made only when it is broken.</summary>
    public void Hold(bool kept, string promise, Func<string> detail)
    {
        if (!kept)
            throw new BrokenPromiseException($"{promise}: {detail()} (at {Now})");
    }
}
