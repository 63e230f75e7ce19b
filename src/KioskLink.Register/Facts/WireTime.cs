using Google.Protobuf.WellKnownTypes;
using NodaTime;
using NodaTime.Text;
using WireDuration = Google.Protobuf.WellKnownTypes.Duration;

namespace KioskLink.Register.Facts;

/// <summary>Times and dates between the rules and the wire.</summary>
internal static class WireTime
{
    /// <summary>An instant as a timestamp.</summary>
    public static Timestamp ToProto(this Instant instant)
    {
        var sinceEpoch = instant - NodaConstants.UnixEpoch;
        var seconds = instant.ToUnixTimeSeconds();
        return new Timestamp { Seconds = seconds, Nanos = (int)(sinceEpoch - NodaTime.Duration.FromSeconds(seconds)).SubsecondNanoseconds };
    }

    /// <summary>A timestamp as an instant.</summary>
    public static Instant FromProto(this Timestamp time) => Instant.FromUnixTimeSeconds(time.Seconds).PlusNanoseconds(time.Nanos);

    /// <summary>A span as the wire has it.</summary>
    public static WireDuration ToProto(this NodaTime.Duration span) => WireDuration.FromTimeSpan(span.ToTimeSpan());

    /// <summary>A span of the wire.</summary>
    public static NodaTime.Duration FromProto(this WireDuration span) => NodaTime.Duration.FromTimeSpan(span.ToTimeSpan());

    /// <summary>A stored time in UTC milliseconds as a timestamp; null stays null.</summary>
    public static Timestamp? ToTimestamp(this long? milliseconds) =>
        milliseconds is { } value ? Instant.FromUnixTimeMilliseconds(value).ToProto() : null;

    /// <summary>A date as ISO 8601; null is empty.</summary>
    public static string ToIso(this LocalDate? date) => date is { } day ? LocalDatePattern.Iso.Format(day) : "";

    /// <summary>A date of trusted ISO 8601 text; empty is null.</summary>
    public static LocalDate? ToDate(this string iso) => iso.Length == 0 ? null : LocalDatePattern.Iso.Parse(iso).Value;
}
