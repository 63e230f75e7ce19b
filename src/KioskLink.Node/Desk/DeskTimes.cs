using System.Globalization;
using KioskLink.Rules.Branches;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Node.Desk;

/// <summary>Days and times as staff reads them in its language. Pure.</summary>
internal static class DeskTimes
{
    private const string English = "en";

    // What a browser's field for a date and time sends.
    private static readonly LocalDateTimePattern Field = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    /// <summary>Reads a date and time of the branch's clock, as a browser's field sends it; of the hour that autumn has twice the first.</summary>
    public static bool TryRead(string text, out Instant time)
    {
        var read = Field.Parse(text);
        time = read.Success ? read.Value.InZoneLeniently(OpeningCalendar.Zone).ToInstant() : default;
        return read.Success;
    }

    /// <summary>A day.</summary>
    public static string Day(LocalDate day, string language) => day.ToString(language == English ? "d MMM uuuu" : "d.M.uuuu", CultureInfo.InvariantCulture);

    /// <summary>A point in time, to the minute; its year is known.</summary>
    public static string Moment(LocalDateTime time, string language) => time.ToString(language == English ? "d MMM H:mm" : "d.M. H.mm", CultureInfo.InvariantCulture);
}
