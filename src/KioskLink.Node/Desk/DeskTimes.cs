using System.Globalization;
using NodaTime;

namespace KioskLink.Node.Desk;

/// <summary>Days and times as staff reads them in its language. Pure.</summary>
internal static class DeskTimes
{
    private const string English = "en";

    /// <summary>A day.</summary>
    public static string Day(LocalDate day, string language) => day.ToString(language == English ? "d MMM uuuu" : "d.M.uuuu", CultureInfo.InvariantCulture);

    /// <summary>A point in time, to the minute; its year is known.</summary>
    public static string Moment(LocalDateTime time, string language) => time.ToString(language == English ? "d MMM H:mm" : "d.M. H.mm", CultureInfo.InvariantCulture);
}
