namespace KioskLink.Sip2.Server;

/// <summary>
/// Until when a connection must do the next thing, and what it is closed for otherwise. One look over all connections stands in for a timer each. The
/// connection sets it, the look reads it.
/// </summary>
internal sealed class Deadline(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private long _at = long.MaxValue;
    private volatile SessionEvent _reason;

    public TimeSpan Now => time.GetElapsedTime(_start);

    public void Set(TimeSpan within, SessionEvent reason)
    {
        _reason = reason;
        Volatile.Write(ref _at, (Now + within).Ticks);
    }

    /// <summary>Waits for nothing.</summary>
    public void Clear() => Volatile.Write(ref _at, long.MaxValue);

    /// <summary>Whether it has passed; what for, where it has.</summary>
    public bool HasPassed(out SessionEvent reason)
    {
        reason = _reason;
        return Now.Ticks >= Volatile.Read(ref _at);
    }
}
