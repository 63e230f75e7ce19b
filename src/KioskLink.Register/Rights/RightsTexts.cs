using KioskLink.Rules.Access;

namespace KioskLink.Register.Rights;

/// <summary>The words of documents for data subjects, in the three languages of the doors.</summary>
internal static class RightsTexts
{
    private static readonly Dictionary<string, (string Fi, string Sv, string En)> Words = new(StringComparer.Ordinal)
    {
        ["secret"] = ("SALASSA PIDETTÄVÄ (laki 621/1999, 24 § 1 mom. 32 k.)", "SEKRETESSBELAGD (lag 621/1999, 24 § 1 mom. 32 p.)", "SECRET (Act 621/1999, section 24(1)(32))"),
        ["export"] = ("Sinusta tallennetut tiedot", "Uppgifter om dig", "The data held about you"),
        ["none"] = ("Rekisterissä ei ole sinua koskevia tietoja.", "Registret innehåller inga uppgifter om dig.", "The register holds no data about you."),
        ["nothing"] = ("Ei tietoja.", "Inga uppgifter.", "Nothing."),
        ["made"] = ("Laadittu", "Upprättad", "Made"),
        ["controllers"] = ("Rekisterinpitäjät", "Personuppgiftsansvariga", "Controllers"),
        ["purposes"] = ("Käsittelyn tarkoitukset", "Ändamål", "Purposes"),
        ["periods"] = ("Säilytysajat", "Lagringstider", "How long data is kept"),
        ["nodes"] = ("Kirjastojen ovilaitteet", "Bibliotekens dörrenheter", "Door units of the libraries"),
        ["rights"] = (
            "Voit pyytää tietojesi oikaisemista, poistamista tai käsittelyn rajoittamista.",
            "Du kan begära att uppgifterna rättas, raderas eller att behandlingen begränsas.",
            "You may ask for the data to be corrected, erased or restricted."),
        ["review"] = (
            "Päätökset ovella perustuvat vain kiinteisiin sääntöihin; henkilökunta tarkistaa päätöksen pyynnöstä.",
            "Beslut vid dörren följer endast fasta regler; personalen granskar ett beslut på begäran.",
            "Decisions at the door follow fixed rules alone; staff reviews a decision when asked."),
        ["authority"] = ("Voit valittaa tietosuojavaltuutetulle", "Du kan klaga hos dataombudsmannen", "You may complain to the data protection ombudsman"),
        ["certificate"] = ("Todistus pyynnön epäämisestä", "Intyg om avslag på begäran", "Certificate that a request was refused"),
        ["person"] = ("Pyytäjä", "Begäran av", "Requested by"),
        ["asked"] = ("Pyyntö", "Begäran", "Request"),
        ["received"] = ("Saapunut", "Mottagen", "Received"),
        ["refused"] = ("Evätty", "Avslagen", "Refused"),
        ["reason"] = ("Perustelu", "Motivering", "Reason"),
        ["Inspect"] = ("tietojen tarkastaminen", "insyn i uppgifterna", "to see the data"),
        ["Rectify"] = ("tietojen oikaiseminen", "rättelse av uppgifter", "to correct data"),
        ["Erase"] = ("tietojen poistaminen", "radering av uppgifter", "to erase data"),
        ["Restrict"] = ("käsittelyn rajoittaminen", "begränsning av behandlingen", "to restrict the processing"),
        ["Object"] = ("käsittelyn vastustaminen", "invändning mot behandlingen", "to object to the processing"),
        ["Portability"] = ("tietojen siirtäminen", "dataportabilitet", "to get the data for another system"),
        ["patron"] = ("Asiakastiedot", "Kunduppgifter", "Patron"),
        ["cards"] = ("Kortit", "Kort", "Cards"),
        ["bans"] = ("Kiellot", "Förbud", "Bans"),
        ["door-log"] = ("Oviloki", "Dörrlogg", "Entries at doors"),
        ["camera-references"] = ("Tallenteiden kohdat, jotka on yhdistetty käynteihisi", "Ställen i inspelningar som hör till dina besök", "Moments of recordings linked to your visits"),
        ["node-journals"] = ("Ovilaitteiden lokit", "Dörrenheternas loggar", "Journals of the doors"),
        ["change-log"] = ("Ovien tiedot kortistasi", "Dörrarnas uppgifter om kortet", "What the doors knew of the card"),
        ["requests"] = ("Pyynnöt ja oikaisut", "Begäranden och rättelser", "Requests and corrections"),
        ["loans"] = ("Lainat, varaukset ja maksut", "Lån, reservationer och avgifter", "Loans, holds and fees"),
        ["circulation"] = ("Maksut ja selvitettävät lainat", "Betalningar och lån som utreds", "Payments, and loans that staff looks at"),
        ["applications"] = ("Korttihakemukset", "Ansökningar om kort", "Applications for a card"),
        ["access-log"] = ("Kuka on käsitellyt tietojasi", "Vem har behandlat uppgifterna", "Who handled the data"),
        ["contact"] = ("Yhteystiedot", "Kontaktuppgifter", "Contact data"),
        ["consents"] = ("Suostumukset ja hyväksynnät", "Samtycken och godkännanden", "Consents and acceptances"),
        ["messages"] = ("Viestit ja huomautukset", "Meddelanden och anteckningar", "Messages and notes"),
        ["sent-notices"] = ("Lähetetyt ilmoitukset", "Skickade meddelanden", "Notices that were sent"),
        ["search-names"] = ("Hakuun käytettävät nimet", "Namn för sökning", "Names for the search"),
        ["responsible-persons"] = ("Vastuuhenkilöt", "Ansvarspersoner", "Responsible persons"),
        ["disclosures"] = ("Tietojen luovutukset", "Utlämnande av uppgifter", "Disclosures"),
        ["LOANS_OPEN"] = ("lainoja on palauttamatta", "lån har inte återlämnats", "loans have not been returned"),
        ["INVOICES_UNPAID"] = ("laskuja on maksamatta", "fakturor är obetalda", "invoices are unpaid"),
        ["FEES_UNPAID"] = ("maksuja on maksamatta", "avgifter är obetalda", "fees are unpaid"),
        ["BAN_IN_FORCE"] = ("kielto on voimassa", "ett förbud gäller", "a ban is in force"),
        ["ANSWERS_FOR_OTHERS"] = ("henkilö on toisen asiakkaan vastuuhenkilö", "personen är ansvarsperson för en annan kund", "the person answers for another patron"),
        ["MATTER_UNSETTLED"] = ("jokin asia on selvittämättä", "ett ärende är ouppklarat", "a matter is unsettled"),
        ["LEGAL_MATTER_PENDING"] = ("oikeudellinen asia, kuten poliisiasia, on vireillä", "ett rättsligt ärende, till exempel hos polisen, pågår", "a legal matter such as a police case is pending"),
    };

    /// <summary>A word in a language; a key that has none is shown as it is.</summary>
    public static string Of(string key, Language language) => !Words.TryGetValue(key, out var word) ? key : language switch
    {
        Language.Sv => word.Sv,
        Language.En => word.En,
        _ => word.Fi,
    };
}
