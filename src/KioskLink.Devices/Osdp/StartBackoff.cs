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

    /// <summary>How long the next start waits for a reply: after some tries in vain a short time, so that an absent device costs the others little, and now and then all of it.</summary>
    /// <param name="usual">How long the device takes as a rule; zero while that is not known.</param>
    public TimeSpan ReplyTimeout(TimeSpan usual)
    {
        if (_failures <= limits.AbsentFullTries || _failures % limits.AbsentFullEvery == 0)
            return limits.ReplyTimeout;
        var slot = usual > limits.AbsentReplyTimeout ? usual : limits.AbsentReplyTimeout;
        return slot < limits.ReplyTimeout ? slot : limits.ReplyTimeout;
    }

    /// <summary>The wait before the next start: the shortest, doubling to the longest.</summary>
    public TimeSpan NextWait()
    {
        var wait = limits.BackoffMin * Math.Pow(2, Math.Min(_failures++, 8));
        return wait < limits.BackoffMax ? wait : limits.BackoffMax;
    }
}
