namespace KioskLink.Node.RegisterLink;

/// <summary>Growing, jittered waits between tries, from 0.5 to 10 s, so that a thousand nodes do not return in step. One thread.</summary>
/// <param name="jitter">A number in [0, 1) for each wait.</param>
internal sealed class RetryDelay(Func<double> jitter)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private const int StepsToLongest = 4;
    private int _failures;

    /// <summary>The next wait.</summary>
    public TimeSpan Next()
    {
        var ceiling = TimeSpan.FromTicks(Math.Min(First.Ticks << _failures, Longest.Ticks - First.Ticks));
        _failures = Math.Min(_failures + 1, StepsToLongest);
        return First + (jitter() * ceiling);
    }

    /// <summary>After a success the next wait is short again.</summary>
    public void Reset() => _failures = 0;
}
