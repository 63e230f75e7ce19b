using System.Globalization;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Rules.Texts;

/// <summary>The sentence that names the next opening, in Helsinki's time and each language's way of writing dates.</summary>
internal static class OpeningText
{
    private static readonly string[] FinnishDays = ["ma", "ti", "ke", "to", "pe", "la", "su"];
    private static readonly string[] SwedishDays = ["mån", "tis", "ons", "tors", "fre", "lör", "sön"];

    public static string For(Instant opening, Language language)
    {
        var local = opening.InZone(OpeningCalendar.Zone).LocalDateTime;
        var day = (int)local.DayOfWeek - 1;
        return language switch
        {
            Language.Sv => $"Vi öppnar {SwedishDays[day]} {Format(local, "d.M.")} kl. {Format(local, "H.mm")}.",
            Language.En => $"We open on {Format(local, "ddd d MMM")} at {Format(local, "H:mm")}.",
            _ => $"Aukeaa {FinnishDays[day]} {Format(local, "d.M.")} klo {Format(local, "H.mm")}.",
        };
    }

    private static string Format(LocalDateTime local, string pattern) => local.ToString(pattern, CultureInfo.InvariantCulture);
}
