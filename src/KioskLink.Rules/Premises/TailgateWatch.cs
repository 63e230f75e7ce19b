using System.Collections.Immutable;
using NodaTime;

namespace KioskLink.Rules.Premises;

/// <summary>Why somebody may have come in behind another.</summary>
public enum TailgateSign
{
    /// <summary>The counter saw more people come in than the door let in.</summary>
    MoreThanGranted,

    /// <summary>The door stood open for longer than one person needs.</summary>
    LongOpen,
}

/// <summary>What makes one think that somebody came in behind another, and which minutes of the camera show it.</summary>
/// <param name="Sign">What made one think so.</param>
/// <param name="Since">From when the camera shows it.</param>
public sealed record TailgateSuspicion(TailgateSign Sign, Instant Since);

/// <summary>
/// Watches one door for people who come in behind others: each grant is good for one person. Nothing is suspected while the door is free.
/// Nobody is refused for it. Immutable.
/// </summary>
/// <param name="OpenFor">How long the door may stand open after a grant; null does not look at it.</param>
public sealed record TailgateWatch(Duration? OpenFor)
{
    /// <summary>How long after its grant somebody is expected to have passed the counter.</summary>
    public static Duration PassWithin { get; } = Duration.FromSeconds(30);

    /// <summary>The most grants that wait for their person.</summary>
    public const int MostWaiting = 16;

    private ImmutableList<Instant> Credits { get; init; } = [];

    private Instant? OpenedAt { get; init; }

    private bool HasOpenedForGrant { get; init; }

    private bool IsFree { get; init; }

    private double Patience { get; init; } = 1;

    /// <summary>When <see cref="Tick"/> has something to do; null when nothing is due.</summary>
    public Instant? DueAt => OpenFor is { } span && OpenedAt is { } opened && HasOpenedForGrant && !IsFree ? opened + (span * Patience) : null;

    /// <summary>The door was unlocked for one person.</summary>
    /// <param name="now">The time.</param>
    /// <param name="patience">How many times as long that person may need.</param>
    public TailgateWatch Granted(Instant now, double patience = 1) => this with
    {
        Patience = Credits.Exists(granted => IsGood(granted, now)) || OpenedAt is not null ? Math.Max(Patience, patience) : patience,
        Credits = (Credits.Count < MostWaiting ? Credits : Credits.RemoveAt(0)).Add(now),
        // Whoever is let in at the open door has the door's time anew.
        OpenedAt = OpenedAt is null ? null : now,
        HasOpenedForGrant = OpenedAt is not null || HasOpenedForGrant,
    };

    /// <summary>The door was opened.</summary>
    public TailgateWatch Opened(Instant now) => this with { OpenedAt = now, HasOpenedForGrant = Credits.Any(granted => IsGood(granted, now)) };

    /// <summary>The door was closed.</summary>
    public TailgateWatch Closed() => this with { OpenedAt = null, HasOpenedForGrant = false };

    /// <summary>The door is free for all, or no longer.</summary>
    public TailgateWatch Freed(bool isFree) => this with { IsFree = isFree, Credits = [] };

    /// <summary>The counter saw somebody come in.</summary>
    public (TailgateWatch Next, TailgateSuspicion? Suspicion) CountedIn(Instant now)
    {
        if (IsFree)
        {
            return (this, null);
        }

        var left = Credits.RemoveAll(granted => !IsGood(granted, now));
        return left.IsEmpty
            ? (this with { Credits = left }, new TailgateSuspicion(TailgateSign.MoreThanGranted, OpenedAt ?? now))
            : (this with { Credits = left.RemoveAt(0) }, null);
    }

    /// <summary>Time passed.</summary>
    public (TailgateWatch Next, TailgateSuspicion? Suspicion) Tick(Instant now) =>
        DueAt is { } due && due <= now && OpenedAt is { } opened
            ? (this with { HasOpenedForGrant = false }, new TailgateSuspicion(TailgateSign.LongOpen, opened))
            : (this, null);

    private static bool IsGood(Instant granted, Instant now) => now - granted <= PassWithin;
}
