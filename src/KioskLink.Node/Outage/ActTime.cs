using KioskLink.Node.Clock;
using NodaTime;

namespace KioskLink.Node.Outage;

/// <summary>When an act happened, told so that a clock that was wrong can be mended afterwards.</summary>
/// <param name="Told">The time as it was known then.</param>
/// <param name="Trusted">Whether something vouched for it.</param>
/// <param name="BootId">The boot.</param>
/// <param name="BootTime">CLOCK_BOOTTIME then.</param>
internal sealed record ActTime(Instant Told, bool Trusted, string BootId, Duration BootTime)
{
    /// <summary>How far back a machine may say that something happened while it was alone; what it says beyond is taken for a wrong clock.</summary>
    public static readonly Duration LongestAlone = Duration.FromDays(31);

    /// <summary>Now.</summary>
    public static ActTime Now(NodeClock clock) => new(clock.Now, clock.Trusted, clock.BootId, clock.BootTime);

    /// <summary>A time that somebody else tells; now where it is missing, lies ahead, or too far back.</summary>
    public static ActTime At(Instant? told, NodeClock clock)
    {
        var now = Now(clock);
        return told is { } time && time <= now.Told && now.Told - time <= LongestAlone ? now with { Told = time, Trusted = true } : now;
    }

    /// <summary>
    /// The best that is known of it now: what was not vouched for is counted back from a clock that is, within the same boot. After another
    /// boot nobody can mend it, and it never lies ahead.
    /// </summary>
    public Instant Mended(NodeClock clock)
    {
        if (Trusted)
            return Told;
        var now = clock.Now;
        return clock.Trusted && BootId == clock.BootId ? now - (clock.BootTime - BootTime) : Instant.Min(Told, now);
    }
}
