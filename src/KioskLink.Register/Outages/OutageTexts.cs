using System.Globalization;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Outages;

/// <summary>What patrons are told of an outage, in Finnish, Swedish and English: staff's words or the register's own, and whom to ask. Pure.</summary>
internal static class OutageTexts
{
    private static readonly string[] FinnishDays = ["ma", "ti", "ke", "to", "pe", "la", "su"];
    private static readonly string[] SwedishDays = ["mån", "tis", "ons", "tors", "fre", "lör", "sön"];

    private static readonly Dictionary<LibraryService, (string Finnish, string Swedish, string English)> Names = new()
    {
        [LibraryService.Login] = ("kirjautuminen", "inloggning", "logging in"),
        [LibraryService.OwnData] = ("omat tiedot", "egna uppgifter", "own data"),
        [LibraryService.Renewals] = ("lainojen uusiminen", "förnyelse av lån", "renewals"),
        [LibraryService.Holds] = ("varaukset", "reservationer", "holds"),
        [LibraryService.Availability] = ("saatavuustiedot", "tillgänglighetsuppgifter", "availability"),
        [LibraryService.EServices] = ("kirjastokortilla käytettävät verkkopalvelut", "nättjänster med bibliotekskort", "e-services with a library card"),
        [LibraryService.Checkout] = ("lainausautomaatit", "låneautomater", "checkout machines"),
        [LibraryService.PcBooking] = ("asiakastietokoneet", "kunddatorer", "customers' computers"),
        [LibraryService.Doors] = ("omatoimikirjaston ovet", "dörrarna till meröppet", "self-service doors"),
    };

    /// <summary>The text in a language.</summary>
    /// <param name="outage">The outage.</param>
    /// <param name="affected">Every service that is down.</param>
    /// <param name="contacts">Whom patrons may ask.</param>
    /// <param name="language">The language; an unknown one is Finnish.</param>
    public static string Of(OutageTerms outage, IReadOnlyList<LibraryService> affected, IReadOnlyList<string> contacts, Language language)
    {
        var text = outage.Notices.TryGetValue(language, out var written) ? written.TrimEnd() : Own(outage, affected, language);
        // Whom to ask stands under every notice (R82); what staff wrote into the text already is not said twice.
        var unsaid = contacts.Where(contact => !text.Contains(contact, StringComparison.OrdinalIgnoreCase)).ToList();
        return unsaid.Count == 0 ? text : $"{text} {Ask(language)} {string.Join(", ", unsaid)}.";
    }

    private static string Own(OutageTerms outage, IReadOnlyList<LibraryService> affected, Language language)
    {
        var services = string.Join(", ", affected.Select(service => Name(service, language)));
        return outage is { Kind: OutageKind.Planned, End: { } end } ? Planned(outage.Start, end, services, language) : Unplanned(services, language);
    }

    private static string Planned(Instant start, Instant end, string services, Language language) => language switch
    {
        Language.Sv => $"Driftavbrott {Moment(start, language)} – {Moment(end, language)} (uppskattning). Ur bruk: {services}.",
        Language.En => $"Maintenance break {Moment(start, language)} – {Moment(end, language)} (estimate). Not available: {services}.",
        _ => $"Huoltokatko {Moment(start, language)} – {Moment(end, language)} (arvio). Poissa käytöstä: {services}.",
    };

    // Of an end that nobody knows nothing is said (R82).
    private static string Unplanned(string services, Language language) => language switch
    {
        Language.Sv => $"Det är en störning i systemen. Ur bruk: {services}. Lån förnyas och reservationer görs per telefon eller e-post; ha kortet till hands.",
        Language.En => $"The systems are disturbed. Not available: {services}. Loans are renewed and holds placed by telephone or e-mail; have the card at hand.",
        _ => $"Järjestelmissä on häiriö. Poissa käytöstä: {services}. Lainat uusitaan ja varaukset tehdään puhelimitse tai sähköpostilla; pidä kortti esillä.",
    };

    private static string Ask(Language language) => language switch
    {
        Language.Sv => "Kontakt:",
        Language.En => "Contact:",
        _ => "Yhteys:",
    };

    private static string Name(LibraryService service, Language language) => language switch
    {
        Language.Sv => Names[service].Swedish,
        Language.En => Names[service].English,
        _ => Names[service].Finnish,
    };

    private static string Moment(Instant moment, Language language)
    {
        var local = moment.InZone(OpeningCalendar.Zone).LocalDateTime;
        var day = (int)local.DayOfWeek - 1;
        return language switch
        {
            Language.Sv => $"{SwedishDays[day]} {Format(local, "d.M.")} kl. {Format(local, "H.mm")}",
            Language.En => $"{Format(local, "ddd d MMM")} {Format(local, "H:mm")}",
            _ => $"{FinnishDays[day]} {Format(local, "d.M.")} klo {Format(local, "H.mm")}",
        };
    }

    private static string Format(LocalDateTime local, string pattern) => local.ToString(pattern, CultureInfo.InvariantCulture);
}
