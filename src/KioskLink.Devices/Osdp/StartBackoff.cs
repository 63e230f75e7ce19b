namespace KioskLink.Devices.Osdp;

/// <summary>When a lost session is begun anew: once at once, then after ever longer waits, and never not at all.</summary>
internal sealed class StartBackoff(OsdpLimits limits)
{
    private bool _triedAtOnce;
    private int _failures;

    /// <summary>A poll was answered: only a session that carries polls proves that starting again at once makes sense.</summary>
    public void Proven() => (_triedAtOnce, _failures) = (false, 0);

    /// <summary>Whether to begin anew without a wait; true once until <see cref="Proven"/>.</summary>
    public bool AtOnce() => !_triedAtOnce && (_triedAtOnce = true);

    /// <summary>The wait before the next start: the shortest, doubling to the longest.</summary>
    public TimeSpan NextWait()
    {
        var wait = limits.BackoffMin * Math.Pow(2, Math.Min(_failures++, 8));
        return wait < limits.BackoffMax ? wait : limits.BackoffMax;
    }
}
