namespace KioskLink.Register.Staff;

/// <summary>
/// The undertaking of secrecy that every person of the staff gives before the first look at a patron's data (R43): data of
/// libraries' customers are secret (Act 621/1999, section 24, subsection 1, paragraph 32).
/// </summary>
internal static class Undertakings
{
    /// <summary>The version in force; a new one must be accepted anew.</summary>
    public const string Version = "2026-11";

    /// <summary>The text by language.</summary>
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["fi"] = "Kirjaston asiakastiedot ovat salassa pidettäviä (laki viranomaisten toiminnan julkisuudesta 621/1999, 24 § 1 mom. 32 kohta). "
            + "Käsittelen niitä vain työtehtävissäni, en ilmaise niitä sivullisille enkä käytä niitä omaksi hyödykseni, en myöskään palvelussuhteeni päätyttyä. "
            + "Tiedän, että jokainen katselu ja muutos kirjataan lokiin.",
        ["sv"] = "Bibliotekets kunduppgifter är sekretessbelagda (lagen om offentlighet i myndigheternas verksamhet 621/1999, 24 § 1 mom. 32 punkten). "
            + "Jag behandlar dem endast i mina arbetsuppgifter, röjer dem inte för utomstående och använder dem inte till egen nytta, inte heller när min tjänst har upphört. "
            + "Jag vet att varje läsning och ändring loggas.",
        ["en"] = "The library's customer data are secret (Act on the Openness of Government Activities 621/1999, section 24(1)(32)). "
            + "I use them for my duties only, disclose them to nobody else and do not turn them to my own advantage, also after my service has ended. "
            + "I know that every look and every change is logged.",
    };
}
