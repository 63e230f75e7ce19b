using System.Globalization;
using KioskLink.Rules.Branches;
using NodaTime;
using NodaTime.Text;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Replica;

/// <summary>Opening hours from the wire; the register has checked them.</summary>
internal static class HoursWire
{
    private const int MinutesPerHour = 60;

    /// <summary>The hours.</summary>
    public static OpeningHours FromProto(Wire.OpeningHours hours) => new(
        hours.Week.ToDictionary(day => (IsoDayOfWeek)day.Weekday, day => Periods(day.Periods)),
        hours.Exceptions.ToDictionary(day => LocalDatePattern.Iso.Parse(day.Date).Value, day => Periods(day.Periods)));

    private static IReadOnlyList<Rules.Branches.Period> Periods(IEnumerable<Wire.Period> periods) =>
        [.. periods.Select(period => new Rules.Branches.Period(Minutes(period.From), Minutes(period.To), (PeriodKind)period.Kind))];

    private static int Minutes(string clock)
    {
        var colon = clock.IndexOf(':', StringComparison.Ordinal);
        return (int.Parse(clock.AsSpan(0, colon), CultureInfo.InvariantCulture) * MinutesPerHour)
            + int.Parse(clock.AsSpan(colon + 1), CultureInfo.InvariantCulture);
    }
}
