namespace KioskLink.Demo.Machine;

/// <summary>What the machine itself says, in its three languages; what the library says comes over the wire.</summary>
internal static class MachineTexts
{
    /// <summary>The languages, the first being the one it begins with.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["fi", "sv", "en"];

    private static readonly Dictionary<string, (string Fi, string Sv, string En)> Texts = new()
    {
        ["idle"] = ("Syötä kirjastokortti", "Sätt in bibliotekskortet", "Put your library card in"),
        ["pin"] = ("Näppäile tunnusluku", "Ange din PIN-kod", "Type your PIN"),
        ["busy"] = ("Hetkinen…", "Ett ögonblick…", "One moment…"),
        ["hello"] = ("Hei, {0}", "Hej, {0}", "Hello, {0}"),
        ["welcome"] = ("Tervetuloa", "Välkommen", "Welcome"),
        ["counts"] = ("Lainassa {0}, myöhässä {1}, varauksia {2}", "Lån {0}, försenade {1}, reservationer {2}", "On loan {0}, overdue {1}, holds {2}"),
        ["fees"] = ("Maksettavaa {0}", "Att betala {0}", "To pay {0}"),
        ["refused"] = ("Korttia tai tunnuslukua ei hyväksytty.", "Kortet eller PIN-koden godkändes inte.", "The card or the PIN was not accepted."),
        ["bye"] = ("Kiitos käynnistä", "Tack för besöket", "Thank you for your visit"),
        ["lay"] = ("Laita aineisto hyllylle", "Lägg materialet på hyllan", "Lay the items on the shelf"),
        ["card-first"] = ("Lainaaminen ja uusiminen vaativat kortin.", "Kortet behövs för lån och omlån.", "Borrowing and renewing need a card."),
        ["lent"] = ("Lainattu, eräpäivä {0}", "Utlånad, förfallodag {0}", "Lent, due {0}"),
        ["renewed"] = ("Uusittu, eräpäivä {0}", "Omlånad, förfallodag {0}", "Renewed, due {0}"),
        ["returned"] = ("Palautettu", "Återlämnad", "Returned"),
        ["not-done"] = ("Ei onnistunut", "Lyckades inte", "Not done"),
        ["on-shelf"] = ("Hyllyssä", "I hyllan", "On the shelf"),
        ["on-loan"] = ("Lainassa, eräpäivä {0}", "Utlånad, förfallodag {0}", "On loan, due {0}"),
        ["on-hold"] = ("Varattu, odottaa noutajaa", "Reserverad, väntar på avhämtning", "On hold, waits for its patron"),
        ["unreachable"] = (
            "Automaatti ei saa yhteyttä kirjastoon. Yritä hetken kuluttua uudelleen tai soita 03 000 0000.",
            "Automaten får ingen kontakt med biblioteket. Försök igen om en stund eller ring 03 000 0000.",
            "The machine does not reach the library. Try again in a moment, or call 03 000 0000."),
        ["unclear"] = (
            "Vastausta ei tullut. Katso lainoistasi, onnistuiko toiminto, ennen kuin yrität uudelleen.",
            "Inget svar kom. Se efter bland dina lån om det lyckades innan du försöker igen.",
            "No answer came. Look among your loans whether it was done before you try again."),
        ["away"] = (
            "Kirjastojärjestelmä ei ole käytettävissä. Yritä myöhemmin uudelleen.",
            "Bibliotekssystemet är inte tillgängligt. Försök igen senare.",
            "The library system is not available. Please try again later."),
        ["borrow"] = ("Lainaa", "Låna", "Borrow"),
        ["return"] = ("Palauta", "Återlämna", "Return"),
        ["renew"] = ("Uusi lainat", "Låna om", "Renew"),
        ["status"] = ("Lainani", "Mina lån", "My loans"),
        ["leave"] = ("Lopeta", "Avsluta", "Finish"),
        ["clear"] = ("Tyhjennä", "Rensa", "Clear"),
        ["enter"] = ("Valmis", "Klar", "Done"),
        ["digits"] = ("Näppäiltyjä numeroita", "Inmatade siffror", "Digits entered"),
        ["shelf"] = ("Automaatin hylly", "Automatens hylla", "The machine's shelf"),
        ["receipt"] = ("Kuitti", "Kvitto", "Receipt"),
        ["take-away"] = ("Ota pois", "Ta bort", "Take away"),
    };

    private static readonly string[] Labels =
        ["borrow", "return", "renew", "status", "leave", "clear", "enter", "digits", "shelf", "receipt", "take-away", "lay"];

    /// <summary>A text in a language.</summary>
    public static string In(string language, string key, params object[] values)
    {
        var (finnish, swedish, english) = Texts[key];
        return string.Format(System.Globalization.CultureInfo.InvariantCulture, language switch { "sv" => swedish, "en" => english, _ => finnish }, values);
    }

    /// <summary>The labels of its buttons.</summary>
    public static IReadOnlyDictionary<string, string> LabelsIn(string language) => Labels.ToDictionary(key => key, key => In(language, key));
}
