using System.Globalization;
using System.Text.RegularExpressions;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Console.Hours;

/// <summary>Periods of a day as people write them: <c>6–10, 18–22</c>. Pure.</summary>
internal static partial class HoursText
{
    private const int MinutesPerHour = 60;
    private const int MinutesPerDay = 24 * MinutesPerHour;

    /// <summary>The periods of one kind, as they are shown for editing.</summary>
    public static string Write(IEnumerable<Period> periods, PeriodKind kind) =>
        string.Join(", ", periods.Where(period => period.Kind == kind).Select(period => $"{Short(period.From)}–{Short(period.To)}"));

    /// <summary>Reads periods; null where the text is none.</summary>
    public static IReadOnlyList<Period>? Read(string text, PeriodKind kind)
    {
        var periods = new List<Period>();
        foreach (var part in text.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Span().Match(part) is not { Success: true } span) return null;
            if (Clock(span, "from") is not { } from || Clock(span, "to") is not { } to) return null;
            if (from == to || from >= MinutesPerDay) return null;
            periods.Add(new Period { From = Wire(from), To = Wire(to), Kind = kind });
        }

        return periods;
    }

    /// <summary>Minutes since midnight of a time of the wire.</summary>
    public static int Minutes(string wire) =>
        (int.Parse(wire.AsSpan(0, 2), CultureInfo.InvariantCulture) * MinutesPerHour) + int.Parse(wire.AsSpan(3, 2), CultureInfo.InvariantCulture);

    private static int? Clock(Match span, string end)
    {
        var hours = int.Parse(span.Groups[end].ValueSpan, CultureInfo.InvariantCulture);
        var minutes = span.Groups[end + "min"] is { Success: true } given ? int.Parse(given.ValueSpan, CultureInfo.InvariantCulture) : 0;
        var all = (hours * MinutesPerHour) + minutes;
        return minutes < MinutesPerHour && all <= MinutesPerDay ? all : null;
    }

    private static string Short(string wire)
    {
        var (hours, minutes) = (int.Parse(wire.AsSpan(0, 2), CultureInfo.InvariantCulture), wire[3..]);
        return minutes == "00" ? $"{hours}" : $"{hours}.{minutes}";
    }

    private static string Wire(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / MinutesPerHour:00}:{minutes % MinutesPerHour:00}");

    [GeneratedRegex(@"^(?<from>\d{1,2})(?:[.:](?<frommin>\d{2}))?\s*[-–—]\s*(?<to>\d{1,2})(?:[.:](?<tomin>\d{2}))?$")]
    private static partial Regex Span();
}
