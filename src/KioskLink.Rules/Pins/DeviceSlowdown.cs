using System.Buffers.Binary;
using System.Collections.Immutable;
using NodaTime;

namespace KioskLink.Rules.Pins;

/// <summary>
/// Slows a device at which wrong PINs are tried over different cards (spraying, domain facts 3.2): from 20 failures within 10 minutes on,
/// one try each 10 s. Immutable; one per device.
/// </summary>
public sealed record DeviceSlowdown
{
    /// <summary>Failures that slow a device.</summary>
    public const int FailureLimit = 20;

    private readonly ImmutableQueue<(Instant At, ulong Card)> _failures = [];

    private DeviceSlowdown(ImmutableQueue<(Instant At, ulong Card)> failures) => _failures = failures;

    /// <summary>No failure yet.</summary>
    public static DeviceSlowdown None { get; } = new([]);

    /// <summary>The span over which failures count.</summary>
    public static Duration Window { get; } = Duration.FromMinutes(10);

    /// <summary>The time between two tries while the device is slow.</summary>
    public static Duration Pace { get; } = Duration.FromSeconds(10);

    /// <summary>Notes a wrong PIN or an unknown card.</summary>
    /// <param name="token">The card's token.</param>
    /// <param name="now">When it failed.</param>
    public DeviceSlowdown Fail(ReadOnlySpan<byte> token, Instant now)
    {
        var failures = _failures.Enqueue((now, BinaryPrimitives.ReadUInt64BigEndian(token)));
        while (failures.Peek().At <= now - Window || failures.Count() > FailureLimit)
        {
            failures = failures.Dequeue();
        }

        return new DeviceSlowdown(failures);
    }

    /// <summary>How many failures count, at most <see cref="FailureLimit"/>.</summary>
    public int FailuresAt(Instant now) => _failures.Count(failure => failure.At > now - Window);

    /// <summary>Whether the device is slow, which is an alarm when it begins.</summary>
    public bool IsSlow(Instant now) =>
        FailuresAt(now) >= FailureLimit && _failures.DistinctBy(failure => failure.Card).Skip(1).Any();

    /// <summary>How long the next try waits; zero while the device is not slow.</summary>
    public Duration WaitBefore(Instant now) =>
        IsSlow(now) ? Duration.Max(Duration.Zero, _failures.Last().At + Pace - now) : Duration.Zero;
}
