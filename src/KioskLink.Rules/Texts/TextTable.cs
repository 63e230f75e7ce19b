using KioskLink.Rules.Access;

namespace KioskLink.Rules.Texts;

/// <summary>Every sentence in the three languages.</summary>
internal static partial class TextTable
{
    private static readonly Dictionary<string, Sentence> Sentences = new()
    {
        [TextKey.Welcome] = new("Tervetuloa!", "Välkommen!", "Welcome!"),
        [TextKey.StaffedOpen] = new("Kirjasto on auki, tervetuloa!", "Biblioteket är öppet, välkommen!", "The library is open, welcome!"),
        [TextKey.Unreadable] = new(
            "Korttia ei voitu lukea. Käytä kirjastokorttia.",
            "Kortet kunde inte läsas. Använd bibliotekskortet.",
            "The card could not be read. Use your library card."),
        [TextKey.NotAccepted] = new(
            "Korttia tai tunnuslukua ei hyväksytty.",
            "Kortet eller PIN-koden godkändes inte.",
            "The card or the PIN was not accepted."),
        [TextKey.PinMissing] = new(
            "Näytä kortti ja näppäile tunnusluku.",
            "Visa kortet och knappa in PIN-koden.",
            "Present the card and enter the PIN."),
        [TextKey.PinLocked] = new(
            "Liian monta väärää tunnuslukua. Yritä myöhemmin uudelleen tai ota yhteys kirjastoon.",
            "För många felaktiga PIN-koder. Försök igen senare eller kontakta biblioteket.",
            "Too many wrong PINs. Try again later or contact the library."),
        [TextKey.OutOfTouch] = new(
            "Yhteys on poikki, eikä ovea voi nyt avata kortilla.",
            "Förbindelsen är bruten och dörren kan inte öppnas med kort just nu.",
            "The connection is down and the door cannot be opened with a card now."),
        [TextKey.OutOfService] = new("Ovi ei ole nyt käytössä.", "Dörren är ur bruk just nu.", "The door is out of service now."),
        [TextKey.Maintenance] = new(
            "Huoltokatko: omatoimikirjastoon ei nyt pääse.",
            "Driftavbrott: meröppet är inte i bruk just nu.",
            "Maintenance break: self-service is not available now."),
        [TextKey.Suspended] = new(
            "Omatoimikäyttö on toistaiseksi keskeytetty.",
            "Meröppet är tills vidare inte i bruk.",
            "Self-service use is suspended for now."),
        [TextKey.CardNotValid] = new(
            "Kortti ei ole voimassa. Ota yhteys kirjastoon.",
            "Kortet är inte giltigt. Kontakta biblioteket.",
            "The card is not valid. Contact the library."),
        [TextKey.Banned] = new(
            "Käyttöoikeutesi on keskeytetty. Ota yhteys kirjastoon.",
            "Din rätt att använda biblioteket är avstängd. Kontakta biblioteket.",
            "Your right of use is suspended. Contact the library."),
        [TextKey.Fees] = new(
            "Maksamattomat maksut estävät omatoimikäytön. Ota yhteys kirjastoon.",
            "Obetalda avgifter hindrar användningen av meröppet. Kontakta biblioteket.",
            "Unpaid fees prevent self-service use. Contact the library."),
        [TextKey.Neutral] = new(
            "Ovea ei voi avata tällä kortilla. Ota yhteys kirjastoon.",
            "Dörren kan inte öppnas med det här kortet. Kontakta biblioteket.",
            "The door cannot be opened with this card. Contact the library."),
        [TextKey.Underage] = new(
            "Omatoimikirjastossa on ikäraja. Tule palveluaikana tai aikuisen kanssa.",
            "Meröppet har en åldersgräns. Kom när biblioteket är bemannat eller tillsammans med en vuxen.",
            "Self-service has an age limit. Come during staffed hours or with an adult."),
        [TextKey.Terms] = new(
            "Hyväksy ensin omatoimikirjaston käyttöehdot kirjastossa tai verkkokirjastossa.",
            "Godkänn först villkoren för meröppet på biblioteket eller i webbiblioteket.",
            "First accept the terms of self-service use at the library or in the web library."),
        [TextKey.NotRegistered] = new(
            "Rekisteröidy ensin omatoimikirjaston käyttäjäksi kirjastossa.",
            "Registrera dig först som användare av meröppet på biblioteket.",
            "First register for self-service use at the library."),
        [TextKey.Closed] = new("Kirjasto on nyt suljettu.", "Biblioteket är stängt nu.", "The library is closed now."),
        [TextKey.Full] = new(
            "Kirjasto on täynnä. Odota, kunnes joku lähtee.",
            "Biblioteket är fullt. Vänta tills någon går ut.",
            "The library is full. Please wait until somebody leaves."),
        [TextKey.AlreadyInside] = new(
            "Tällä kortilla on jo tultu sisään. Näytä kortti lukijalle myös lähtiessäsi.",
            "Någon har redan gått in med det här kortet. Visa kortet även när du går ut.",
            "Somebody has already come in with this card. Present it when you leave, too."),
        [TextKey.ConnectionDown] = new("Yhteys on poikki.", "Förbindelsen är bruten.", "The connection is down."),
        [TextKey.Help] = new("Apua:", "Hjälp:", "Help:"),
    };

    public static string Get(string key, Language language) => language switch
    {
        Language.Sv => Find(key).Swedish,
        Language.En => Find(key).English,
        _ => Find(key).Finnish,
    };

    private static Sentence Find(string key) => Sentences.TryGetValue(key, out var sentence) ? sentence : OfLoans[key];

    private sealed record Sentence(string Finnish, string Swedish, string English);
}
