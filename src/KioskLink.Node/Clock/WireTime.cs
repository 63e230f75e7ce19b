using Google.Protobuf.WellKnownTypes;
using NodaTime;
using Duration = NodaTime.Duration;

namespace KioskLink.Node.Clock;

/// <summary>Times and spans to and from the wire.</summary>
internal static class WireTime
{
    private const int NanosecondsPerSecond = 1_000_000_000;

    /// <summary>A time on the wire.</summary>
    public static Timestamp ToProto(this Instant time)
    {
        var seconds = time.ToUnixTimeSeconds();
        return new Timestamp { Seconds = seconds, Nanos = (int)(time - Instant.FromUnixTimeSeconds(seconds)).ToInt64Nanoseconds() };
    }

    /// <summary>A time from the wire.</summary>
    public static Instant FromProto(this Timestamp time) => Instant.FromUnixTimeSeconds(time.Seconds) + Duration.FromNanoseconds(time.Nanos);

    /// <summary>A span on the wire.</summary>
    public static Google.Protobuf.WellKnownTypes.Duration ToProto(this Duration span)
    {
        var nanoseconds = span.ToInt64Nanoseconds();
        return new() { Seconds = nanoseconds / NanosecondsPerSecond, Nanos = (int)(nanoseconds % NanosecondsPerSecond) };
    }

    /// <summary>A span from the wire.</summary>
    public static Duration FromProto(this Google.Protobuf.WellKnownTypes.Duration span) =>
        Duration.FromSeconds(span.Seconds) + Duration.FromNanoseconds(span.Nanos);
}
