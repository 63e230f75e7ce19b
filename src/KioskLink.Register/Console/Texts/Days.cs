using Google.Protobuf.WellKnownTypes;
using KioskLink.Register.Facts;
using KioskLink.Rules.Branches;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Console.Texts;

/// <summary>Days that a person gives, as points in time: a day begins and ends at midnight in Helsinki.</summary>
internal static class Days
{
    /// <summary>The day in a date field; null where it is empty or none.</summary>
    public static LocalDate? Read(string iso) => LocalDatePattern.Iso.Parse(iso) is { Success: true } day ? day.Value : null;

    /// <summary>The start of a day; null where there is none.</summary>
    public static Timestamp? StartOf(LocalDate? day) => day is { } date ? OpeningCalendar.Zone.AtStartOfDay(date).ToInstant().ToProto() : null;

    /// <summary>The end of a day; null where there is none.</summary>
    public static Timestamp? EndOf(LocalDate? day) => StartOf(day?.PlusDays(1));

    /// <summary>The point in time in a field of date and time, Helsinki's; null where it is empty or none.</summary>
    public static Timestamp? Moment(string local) =>
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-ddTHH:mm").Parse(local) is { Success: true } time
            ? OpeningCalendar.Zone.AtLeniently(time.Value).ToInstant().ToProto()
            : null;

    /// <summary>A point in time as a field of date and time takes it, Helsinki's.</summary>
    public static string Local(Instant time) =>
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-ddTHH:mm").Format(time.InZone(OpeningCalendar.Zone).LocalDateTime);

    /// <summary>The last day that lies before an end, as a date field takes it.</summary>
    public static string LastBefore(Timestamp? end) =>
        end is null ? "" : LocalDatePattern.Iso.Format(OpeningCalendar.DateAt(end.FromProto() - NodaTime.Duration.Epsilon));

    /// <summary>Years lived since a date of birth; null where the date is none.</summary>
    public static int? Age(string born, Instant now) =>
        Read(born) is { } date ? NodaTime.Period.Between(date, OpeningCalendar.DateAt(now), PeriodUnits.Years).Years : null;
}
