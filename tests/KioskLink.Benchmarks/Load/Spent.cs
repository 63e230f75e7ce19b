namespace KioskLink.Benchmarks.Load;

/// <summary>What this process has spent.</summary>
/// <param name="CpuMicroseconds">Time on all cores together.</param>
/// <param name="AllocatedBytes">Bytes allocated.</param>
/// <param name="PausedMicroseconds">Time stopped for garbage collection.</param>
internal sealed record Spent(double CpuMicroseconds, double AllocatedBytes, double PausedMicroseconds)
{
    /// <summary>Since the process started.</summary>
    public static Spent SoFar() =>
        new(Environment.CpuUsage.TotalTime.TotalMicroseconds, GC.GetTotalAllocatedBytes(), GC.GetTotalPauseDuration().TotalMicroseconds);

    /// <summary>The difference to an earlier moment.</summary>
    public Spent Since(Spent before) => new(
        CpuMicroseconds - before.CpuMicroseconds, AllocatedBytes - before.AllocatedBytes, PausedMicroseconds - before.PausedMicroseconds);

    /// <summary>The share of one call of many.</summary>
    public Spent Per(long calls) => new(CpuMicroseconds / calls, AllocatedBytes / calls, PausedMicroseconds / calls);

    /// <inheritdoc/>
    public override string ToString() => $"{CpuMicroseconds:0} us of CPU, {AllocatedBytes:0} B, {PausedMicroseconds:0.0} us of pause a call";
}
