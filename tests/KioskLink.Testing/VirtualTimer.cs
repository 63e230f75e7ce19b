namespace KioskLink.Testing;

/// <summary>A timer of <see cref="VirtualTime"/>; its fields belong to the clock's lock.</summary>
internal sealed class VirtualTimer(VirtualTime clock, Action fire) : ITimer
{
    /// <summary>When it fires, counted from the clock's start; null when it is not set.</summary>
    public TimeSpan? Due { get; set; }

    /// <summary>How often it fires after that; null means once.</summary>
    public TimeSpan? Period { get; set; }

    /// <summary>Order of setting: timers of the same time fire in it.</summary>
    public long Order { get; set; }

    public void Fire() => fire();

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        clock.Set(this, dueTime, period);
        return true;
    }

    public void Dispose() => clock.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
