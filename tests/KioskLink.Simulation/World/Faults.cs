namespace KioskLink.Simulation.World;

/// <summary>What is done to the parts on purpose.</summary>
internal enum Fault
{
    Cut,
    Delay,
    Duplicate,
    Kill,
    TornWrite,
    FullDisk,
    ClockJump,
    DeadReader,
    DeadLock,
    RegisterDown,
}

/// <summary>How often each fault struck.</summary>
internal sealed class FaultCounts
{
    private static readonly Fault[] Kinds = Enum.GetValues<Fault>();
    private readonly long[] _struck = new long[Kinds.Length];

    public void Count(Fault fault) => _struck[(int)fault]++;

    public long Of(Fault fault) => _struck[(int)fault];

    public void Add(FaultCounts other)
    {
        for (var kind = 0; kind < _struck.Length; kind++)
            _struck[kind] += other._struck[kind];
    }

    public override string ToString() => string.Join(", ", Kinds.Select(kind => $"{kind} {_struck[(int)kind]}"));
}
