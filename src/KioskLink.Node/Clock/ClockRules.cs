using NodaTime;

namespace KioskLink.Node.Clock;

/// <summary>A time that was right at a moment of a boot; kept on disk.</summary>
/// <param name="BootId">The boot.</param>
/// <param name="BootTime">CLOCK_BOOTTIME at that moment.</param>
/// <param name="Time">The time.</param>
internal sealed record ClockAnchor(string BootId, Duration BootTime, Instant Time);

/// <summary>What a node takes for the time, and why it trusts it: pure, so that reboots and jumps can be tested.</summary>
internal static class ClockRules
{
    /// <summary>How far behind its own count a watermark may lie before the count is taken to be wrong: the rest is delay on the way.</summary>
    public static readonly Duration Tolerance = Duration.FromSeconds(2);

    /// <summary>The anchor with which a node starts: the kept one within the same boot, a believable battery clock after another, else none.</summary>
    /// <param name="kept">What the disk holds.</param>
    /// <param name="bootId">This boot.</param>
    /// <param name="bootTime">CLOCK_BOOTTIME now.</param>
    /// <param name="battery">The battery clock's time; null when none is declared.</param>
    /// <param name="maxAhead">How far after the kept time the battery clock is believed (the branch's offlineMaxAge).</param>
    public static ClockAnchor? AtStart(ClockAnchor? kept, string bootId, Duration bootTime, Instant? battery, Duration maxAhead)
    {
        if (kept is null)
            return null;
        if (kept.BootId == bootId)
            return kept.BootTime <= bootTime ? kept : null;
        return battery is { } time && time > kept.Time && time - kept.Time <= maxAhead ? new ClockAnchor(bootId, bootTime, time) : null;
    }

    /// <summary>The anchor after a watermark: the least delayed one counts, unless it contradicts the count.</summary>
    public static ClockAnchor OnWatermark(ClockAnchor? anchor, string bootId, Duration bootTime, Instant asOf)
    {
        var counted = anchor is null ? (Instant?)null : TimeAt(anchor, bootTime);
        return counted is { } time && asOf <= time && time - asOf <= Tolerance ? anchor! : new ClockAnchor(bootId, bootTime, asOf);
    }

    /// <summary>
    /// From where a start counts the time that has passed for certain: the kept count goes on within its boot; after another boot it
    /// stands where it was, since nobody vouches for the time between. Nothing kept begins at the epoch.
    /// </summary>
    public static ClockAnchor LivedAtStart(ClockAnchor? kept, string bootId, Duration bootTime) =>
        kept?.BootId == bootId && kept.BootTime <= bootTime ? kept : new ClockAnchor(bootId, bootTime, kept?.Time ?? NodaConstants.UnixEpoch);

    /// <summary>That count after a watermark: the register tells of time that has passed, and takes none back.</summary>
    public static ClockAnchor LivedOnWatermark(ClockAnchor lived, Duration bootTime, Instant asOf) =>
        asOf > TimeAt(lived, bootTime) ? lived with { BootTime = bootTime, Time = asOf } : lived;

    /// <summary>The time at a moment of the anchor's boot.</summary>
    public static Instant TimeAt(ClockAnchor anchor, Duration bootTime) => anchor.Time + (bootTime - anchor.BootTime);
}
