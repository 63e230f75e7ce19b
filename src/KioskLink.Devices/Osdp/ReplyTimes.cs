using System.Numerics;

namespace KioskLink.Devices.Osdp;

/// <summary>Counts reply times in steps of an eighth, from a microsecond to minutes, so that years of polls need no more room than the first.</summary>
internal sealed class ReplyTimes
{
    private const int StepsPerDoubling = 8, Doublings = 28;
    private readonly long[] _counts = new long[StepsPerDoubling * Doublings];
    private long _total;
    private TimeSpan _longest;

    public void Add(TimeSpan time)
    {
        _counts[StepOf(time)]++;
        _total++;
        _longest = time > _longest ? time : _longest;
    }

    public ReplyPercentiles Percentiles() => new(At(0.5), At(0.95), At(0.99), _longest);

    private TimeSpan At(double share)
    {
        var wanted = (long)Math.Ceiling(share * _total);
        var counted = 0L;
        for (var step = 0; step < _counts.Length && wanted > 0; step++)
            if ((counted += _counts[step]) >= wanted)
                return Min(EndOf(step), _longest);
        return TimeSpan.Zero;
    }

    // The highest bit of the microseconds says the doubling, the three below it the step.
    private int StepOf(TimeSpan time)
    {
        var microseconds = (uint)Math.Clamp(time.Ticks / TimeSpan.TicksPerMicrosecond, StepsPerDoubling, uint.MaxValue);
        var doubling = BitOperations.Log2(microseconds) - 3;
        return Math.Min(doubling * StepsPerDoubling + (int)((microseconds >> doubling) & (StepsPerDoubling - 1)), _counts.Length - 1);
    }

    private static TimeSpan EndOf(int step) =>
        TimeSpan.FromMicroseconds((double)(StepsPerDoubling + step % StepsPerDoubling + 1) * (1L << (step / StepsPerDoubling)));

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
