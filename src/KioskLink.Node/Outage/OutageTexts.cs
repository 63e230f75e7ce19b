using System.Globalization;
using KioskLink.Sip2;
using NodaTime;

namespace KioskLink.Node.Outage;

/// <summary>What patrons at a machine are told while the register cannot be asked, in Finnish, Swedish and English. Pure.</summary>
internal sealed record OutageTexts
{
    private static readonly OutageTexts Finnish = new()
    {
        Down = "Yhteys on poikki. Palautuksia ja lainoja otetaan vastaan niin kuin kirjasto on sallinut.",
        Unknown = "Korttia ei tunneta täällä nyt, koska yhteys on poikki. Ota yhteys kirjastoon.",
        Unreadable = "Kortin numeroa ei voitu lukea. Käytä kirjastokorttia.",
        FromCopy = "Yhteys on poikki: tiedot ovat kopiosta, {0}.",
        NotNow = "Yhteys on poikki, eikä tätä voi nyt tehdä. Yritä myöhemmin uudelleen.",
        NoLoans = "Yhteys on poikki, eikä nyt voi lainata. Yritä myöhemmin uudelleen.",
        NoReturns = "Yhteys on poikki, eikä laite ota nyt palautuksia. Yritä myöhemmin uudelleen.",
        NoRoom = "Yhteys on ollut pitkään poikki, eikä laite voi ottaa enempää vastaan. Ota yhteys kirjastoon.",
        NotKept = "Laite ei voi nyt tallentaa. Mitään ei kirjattu. Ota yhteys kirjastoon.",
        Lent = "Yhteys on poikki. Laina on tallessa ja kirjataan, kun yhteys palaa. Eräpäivä {0}.",
        Returned = "Yhteys on poikki. Palautus on tallessa ja kirjataan, kun yhteys palaa.",
        NotAccepted = "Korttia tai tunnuslukua ei hyväksytty. Yhteys on poikki.",
        PinLocked = "Liian monta väärää tunnuslukua. Yritä myöhemmin uudelleen tai ota yhteys kirjastoon.",
        CardNotValid = "Kortti ei ole voimassa. Ota yhteys kirjastoon.",
        Refused = "Tällä kortilla ei voi nyt asioida. Ota yhteys kirjastoon.",
        ItemUnreadable = "Aineiston viivakoodia ei voitu lukea.",
        Dates = "d.M.yyyy",
        Moments = "d.M. 'klo' H.mm",
    };

    private static readonly OutageTexts Swedish = new()
    {
        Down = "Förbindelsen är bruten. Återlämningar och lån tas emot så som biblioteket har tillåtit.",
        Unknown = "Kortet är inte känt här just nu eftersom förbindelsen är bruten. Kontakta biblioteket.",
        Unreadable = "Kortets nummer kunde inte läsas. Använd bibliotekskortet.",
        FromCopy = "Förbindelsen är bruten: uppgifterna kommer från kopian, {0}.",
        NotNow = "Förbindelsen är bruten och detta går inte att göra nu. Försök igen senare.",
        NoLoans = "Förbindelsen är bruten och det går inte att låna nu. Försök igen senare.",
        NoReturns = "Förbindelsen är bruten och automaten tar inte emot återlämningar nu. Försök igen senare.",
        NoRoom = "Förbindelsen har länge varit bruten och automaten kan inte ta emot mera. Kontakta biblioteket.",
        NotKept = "Automaten kan inte spara just nu. Inget registrerades. Kontakta biblioteket.",
        Lent = "Förbindelsen är bruten. Lånet är sparat och registreras när förbindelsen är tillbaka. Förfallodag {0}.",
        Returned = "Förbindelsen är bruten. Återlämningen är sparad och registreras när förbindelsen är tillbaka.",
        NotAccepted = "Kortet eller PIN-koden godkändes inte. Förbindelsen är bruten.",
        PinLocked = "För många felaktiga PIN-koder. Försök igen senare eller kontakta biblioteket.",
        CardNotValid = "Kortet är inte giltigt. Kontakta biblioteket.",
        Refused = "Kortet kan inte användas just nu. Kontakta biblioteket.",
        ItemUnreadable = "Materialets streckkod kunde inte läsas.",
        Dates = "d.M.yyyy",
        Moments = "d.M. 'kl.' H.mm",
    };

    private static readonly OutageTexts English = new()
    {
        Down = "The connection is down. Returns and loans are taken as the library has allowed.",
        Unknown = "This card is not known here now because the connection is down. Contact the library.",
        Unreadable = "The card's number could not be read. Use your library card.",
        FromCopy = "The connection is down: this is from the copy, {0}.",
        NotNow = "The connection is down and this cannot be done now. Try again later.",
        NoLoans = "The connection is down and nothing can be borrowed now. Try again later.",
        NoReturns = "The connection is down and this machine takes no returns now. Try again later.",
        NoRoom = "The connection has long been down and this machine can take no more. Contact the library.",
        NotKept = "This machine cannot store anything now. Nothing was noted. Contact the library.",
        Lent = "The connection is down. The loan is stored and will be registered when it is back. Due {0}.",
        Returned = "The connection is down. The return is stored and will be registered when it is back.",
        NotAccepted = "The card or the PIN was not accepted. The connection is down.",
        PinLocked = "Too many wrong PINs. Try again later or contact the library.",
        CardNotValid = "The card is not valid. Contact the library.",
        Refused = "This card cannot be used now. Contact the library.",
        ItemUnreadable = "The item's barcode could not be read.",
        Dates = "d MMMM yyyy",
        Moments = "d MMMM H:mm",
    };

    public required string Down { get; init; }

    public required string Unknown { get; init; }

    public required string Unreadable { get; init; }

    public required string NotNow { get; init; }

    public required string NoLoans { get; init; }

    public required string NoReturns { get; init; }

    public required string NoRoom { get; init; }

    public required string NotKept { get; init; }

    public required string Returned { get; init; }

    public required string NotAccepted { get; init; }

    public required string PinLocked { get; init; }

    public required string CardNotValid { get; init; }

    public required string Refused { get; init; }

    public required string ItemUnreadable { get; init; }

    private string FromCopy { get; init; } = "";

    private string Lent { get; init; } = "";

    private string Dates { get; init; } = "";

    private string Moments { get; init; } = "";

    /// <summary>The texts of a language. Without one Finnish is spoken.</summary>
    public static OutageTexts In(Language language) => language switch
    {
        Language.Finnish or Language.Unknown => Finnish,
        Language.Swedish => Swedish,
        _ => English,
    };

    /// <summary>That facts come from the copy, and of when it is.</summary>
    public string Copy(LocalDateTime asOf) => string.Format(CultureInfo.InvariantCulture, FromCopy, asOf.ToString(Moments, CultureInfo.InvariantCulture));

    /// <summary>That something was lent, and until when.</summary>
    public string LentUntil(LocalDate due) => string.Format(CultureInfo.InvariantCulture, Lent, due.ToString(Dates, CultureInfo.InvariantCulture));

    /// <summary>Why an act is not kept.</summary>
    public string Why(KeepOutcome outcome) => outcome == KeepOutcome.Full ? NoRoom : NotKept;
}
