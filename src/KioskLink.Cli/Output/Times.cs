using Google.Protobuf.WellKnownTypes;
using NodaTime;
using NodaTime.Text;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace KioskLink.Cli.Output;

/// <summary>Times as people write and read them: the wall clock of Helsinki, whatever the machine's zone.</summary>
internal static class Times
{
    private static readonly DateTimeZone Helsinki = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];
    private static readonly ZonedDateTimePattern Shown = ZonedDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss", null);
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    private static readonly OffsetDateTimePattern MinuteWithOffset =
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mmo<Z+HH:mm>");

    /// <summary>A time to the second; empty when it is not set.</summary>
    public static string Show(Timestamp? time) =>
        time is null ? "" : Shown.Format(Instant.FromUnixTimeSeconds(time.Seconds).InZone(Helsinki));

    /// <summary>A span to the tenth of a second; empty when it is not set.</summary>
    public static string Show(Duration? span) => span is null ? "" : $"{span.ToTimeSpan().TotalSeconds:0.#} s";

    /// <summary>The day of a time, as <see cref="Read"/> reads it.</summary>
    public static string DayOf(DateTimeOffset time) => LocalDatePattern.Iso.Format(Instant.FromDateTimeOffset(time).InZone(Helsinki).Date);

    /// <summary>Reads a date (its midnight in Helsinki), a wall-clock time, or a time with its offset.</summary>
    /// <exception cref="CommandProblem">It is none of them.</exception>
    public static Timestamp Read(string text, string option) =>
        Instants(text).FirstOrDefault() is { } instant
            ? Timestamp.FromDateTimeOffset(instant.ToDateTimeOffset())
            : throw CommandProblem.Usage($"{option}: `{Typed.Shown(text)}` is no time; write 2026-12-24, 2026-12-24T16:00 (Helsinki) or 2026-12-24T16:00+02:00.");

    private static IEnumerable<Instant?> Instants(string text)
    {
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } date)
            yield return date.Value.AtStartOfDayInZone(Helsinki).ToInstant();
        foreach (var pattern in new[] { Minute, LocalDateTimePattern.GeneralIso })
        {
            if (pattern.Parse(text) is { Success: true } local)
                yield return local.Value.InZoneLeniently(Helsinki).ToInstant();
        }

        foreach (var pattern in new[] { MinuteWithOffset, OffsetDateTimePattern.ExtendedIso })
        {
            if (pattern.Parse(text) is { Success: true } exact)
                yield return exact.Value.ToInstant();
        }
    }
}
