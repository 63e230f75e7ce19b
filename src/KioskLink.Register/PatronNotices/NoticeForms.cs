using System.Globalization;
using KioskLink.Rules.Access;
using NodaTime;

namespace KioskLink.Register.PatronNotices;

/// <summary>How dates and sums are written in the three languages. Pure.</summary>
internal static class NoticeForms
{
    private const char NoBreak = '\u00A0';

    /// <summary>A date: 24.12.2026, or 24 December 2026 in English.</summary>
    public static string Date(LocalDate date, Language language) =>
        date.ToString(language == Language.En ? "d MMMM uuuu" : "d.M.uuuu", CultureInfo.InvariantCulture);

    /// <summary>A number of things.</summary>
    public static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>A sum: 1 234,50 €, or €1,234.50 in English.</summary>
    public static string Money(long cents, Language language)
    {
        var (euros, rest) = (cents / 100, cents % 100);
        var whole = euros.ToString("N0", CultureInfo.InvariantCulture);
        return language == Language.En
            ? string.Create(CultureInfo.InvariantCulture, $"€{whole}.{rest:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{whole.Replace(',', NoBreak)},{rest:00}{NoBreak}€");
    }
}
