using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace KioskLink.Node.Technician;

/// <summary>Figures as technicians read them. Pure.</summary>
internal static class Figures
{
    private const double FineBelowMs = 10;

    /// <summary>A reply time; a dash where there is none.</summary>
    public static string Milliseconds(Duration? span) => span is null || span.ToTimeSpan() == TimeSpan.Zero
        ? "–"
        : span.ToTimeSpan().TotalMilliseconds is var ms && ms < FineBelowMs ? string.Create(CultureInfo.InvariantCulture, $"{ms:0.0} ms") : string.Create(CultureInfo.InvariantCulture, $"{ms:0} ms");

    /// <summary>An age or wait in its largest unit.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalMinutes: < 2 } => $"{age.TotalSeconds:0} s",
        { TotalHours: < 2 } => $"{age.TotalMinutes:0} min",
        { TotalDays: < 2 } => $"{age.TotalHours:0} h",
        _ => $"{age.TotalDays:0} days",
    };

    /// <summary>A count.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share in per cent.</summary>
    public static string Percent(double percent) => string.Create(CultureInfo.InvariantCulture, $"{percent:0.#} %");
}
