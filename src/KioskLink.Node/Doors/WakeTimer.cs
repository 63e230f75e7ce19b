namespace KioskLink.Node.Doors;

/// <summary>A loop's own monotonic clock, and a timer that wakes the loop once at a time of that clock. Thread-safe.</summary>
internal sealed class WakeTimer : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer _timer;

    /// <summary>Starts the clock at zero, the timer not set.</summary>
    /// <param name="time">Where time comes from.</param>
    /// <param name="wake">Called when the time has come; returns at once.</param>
    public WakeTimer(TimeProvider time, Action wake)
    {
        (_time, _start) = (time, time.GetTimestamp());
        _timer = time.CreateTimer(_ => wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Time since the start.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Wakes the loop at a time, not before; null means never. Replaces what was set.</summary>
    public void WakeAt(TimeSpan? at) => _timer.Change(at is { } due ? FullMilliseconds(due - Now) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Ends the timer.</summary>
    public void Dispose() => _timer.Dispose();

    // Timers drop fractions of a millisecond, and a loop woken too early would only set them again.
    private static TimeSpan FullMilliseconds(TimeSpan span) => TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(span.TotalMilliseconds)));
}
