namespace KioskLink.Testing;

/// <summary>
/// A clock that stands still until a test moves it. Timers, and so <c>Task.Delay</c>, fire in order of their time, on the
/// thread that calls <see cref="Advance"/>. Thread-safe.
/// </summary>
public sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    /// <summary>Tuesday 1 December 2026, noon in Helsinki: a working day without a DST edge near it.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly List<VirtualTimer> _timers = [];
    private DateTimeOffset _now = start;
    private TimeSpan _elapsed;
    private long _order;

    /// <summary>A clock that stands at <see cref="Noon"/>.</summary>
    public VirtualTime() : this(Noon)
    {
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Time until the next timer fires; null when none is set. A simulation jumps by it.</summary>
    public TimeSpan? UntilNextTimer
    {
        get
        {
            lock (_gate)
                return Earliest() is { } timer ? timer.Due!.Value - _elapsed : null;
        }
    }

    /// <summary>Timers that are set: zero after a test shows that nothing was left behind.</summary>
    public int TimersSet
    {
        get
        {
            lock (_gate)
                return _timers.Count;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_gate)
            return _elapsed.Ticks;
    }

    /// <summary>Moves time on and fires every timer that comes due, those that fired timers set included.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan end;
        lock (_gate)
            end = _elapsed + by;
        while (TakeDue(end) is { } timer)
            timer.Fire();
        lock (_gate)
            MoveTo(end);
    }

    /// <summary>Sets the wall clock without moving timers, as an administrator or an NTP step does.</summary>
    public void SetWallClock(DateTimeOffset time)
    {
        lock (_gate)
            _now = time;
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    internal void Set(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            timer.Period = period > TimeSpan.Zero ? period : null;
            timer.Due = dueTime == Timeout.InfiniteTimeSpan ? null : _elapsed + dueTime;
            timer.Order = _order++;
            if (timer.Due is not null)
                _timers.Add(timer);
        }
    }

    internal void Remove(VirtualTimer timer)
    {
        lock (_gate)
            _timers.Remove(timer);
    }

    private VirtualTimer? TakeDue(TimeSpan end)
    {
        lock (_gate)
        {
            if (Earliest() is not { } timer || timer.Due > end)
                return null;
            MoveTo(timer.Due!.Value);
            _timers.Remove(timer);
            if (timer.Period is { } period)
            {
                timer.Due += period;
                timer.Order = _order++;
                _timers.Add(timer);
            }

            return timer;
        }
    }

    private VirtualTimer? Earliest() => _timers.MinBy(timer => (timer.Due, timer.Order));

    private void MoveTo(TimeSpan elapsed)
    {
        if (elapsed <= _elapsed)
            return;
        _now += elapsed - _elapsed;
        _elapsed = elapsed;
    }
}
