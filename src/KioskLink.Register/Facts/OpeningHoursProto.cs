using System.Globalization;
using KioskLink.Rules.Branches;
using NodaTime;
using NodaTime.Text;
using Period = KioskLink.Rules.Branches.Period;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Facts;

/// <summary>Opening hours between rules and wire; what comes from a person is checked by <c>HoursCheck</c> first.</summary>
internal static class OpeningHoursProto
{
    private const int MinutesPerDay = 24 * 60;

    /// <summary>The hours on the wire.</summary>
    public static Wire.OpeningHours ToProto(this OpeningHours hours)
    {
        var wire = new Wire.OpeningHours();
        foreach (var (day, periods) in hours.Week.OrderBy(day => day.Key))
        {
            var weekday = new Wire.WeekdayHours { Weekday = (Wire.Weekday)day };
            weekday.Periods.AddRange(periods.Select(ToProto));
            wire.Week.Add(weekday);
        }

        foreach (var (date, periods) in hours.Exceptions.OrderBy(day => day.Key))
        {
            var exception = new Wire.ExceptionHours { Date = LocalDatePattern.Iso.Format(date) };
            exception.Periods.AddRange(periods.Select(ToProto));
            wire.Exceptions.Add(exception);
        }

        return wire;
    }

    /// <summary>The hours of the wire.</summary>
    public static OpeningHours FromProto(this Wire.OpeningHours hours) => new(
        hours.Week.ToDictionary(day => (IsoDayOfWeek)day.Weekday, day => Periods(day.Periods)),
        hours.Exceptions.ToDictionary(day => LocalDatePattern.Iso.Parse(day.Date).Value, day => Periods(day.Periods)));

    private static IReadOnlyList<Period> Periods(IEnumerable<Wire.Period> periods) =>
        [.. periods.Select(period => new Period(Minutes(period.From), End(Minutes(period.To)), (PeriodKind)period.Kind))];

    private static Wire.Period ToProto(Period period) =>
        new() { From = Clock(period.From), To = Clock(period.To), Kind = (Wire.PeriodKind)period.Kind };

    // Midnight as an end is the end of the day.
    private static int End(int minutes) => minutes == 0 ? MinutesPerDay : minutes;

    private static int Minutes(string clock) =>
        (int.Parse(clock.AsSpan(0, 2), CultureInfo.InvariantCulture) * 60) + int.Parse(clock.AsSpan(3, 2), CultureInfo.InvariantCulture);

    private static string Clock(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");
}
