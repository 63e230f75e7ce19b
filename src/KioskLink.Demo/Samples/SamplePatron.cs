using System.Reflection;

namespace KioskLink.Demo.Samples;

/// <summary>A card that the demo offers, with what it shows. All people are artificial.</summary>
/// <param name="Customer">The customer id; empty for badges and cards of nobody.</param>
/// <param name="Name">Who it is.</param>
/// <param name="CardNumber">The card number.</param>
/// <param name="Pin">The PIN; empty where none is asked.</param>
/// <param name="Outcome">What the door says to card and PIN.</param>
/// <param name="Why">Why, in a few words.</param>
internal sealed record SamplePatron(string Customer, string Name, string CardNumber, string Pin, string Outcome, string Why)
{
    /// <summary>The import file of the sample patrons, embedded.</summary>
    public static Stream OpenImportFile() =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream("KioskLink.Demo.Samples.patrons.csv")
        ?? throw new InvalidOperationException("The sample patrons are not embedded in the demo.");

    /// <summary>Every outcome that a card can have at this door.</summary>
    public static IReadOnlyList<SamplePatron> All { get; } =
    [
        new("demo-aino", "Aino Esimerkki", "29909090000018", "2601", "GRANTED", "adult, service in Finnish"),
        new("demo-bjorn", "Björn Exempel", "29909090000026", "3712", "GRANTED", "adult, service in Swedish"),
        new("demo-jane", "Jane Sample", "29909090000034", "48260", "GRANTED", "adult, service in English, five digits"),
        new("demo-kerttu", "Kerttu Kotipalvelu", "29909090000133", "5802", "GRANTED", "home-service patron"),
        new("demo-lauri", "Lauri Lainauskielto", "29909090000067", "7145", "GRANTED", "a loan ban does not close this door"),
        new("demo-kaisa", "Kaisa Käyttökielto", "29909090000042", "5923", "USE_BAN", "a use ban of this branch"),
        new("demo-olli", "Olli Omatoimikielto", "29909090000059", "6034", "SELF_SERVICE_BAN", "a ban from self-service use"),
        new("demo-liisa", "Liisa Kadonnut", "29909090000075", "8256", "CARD_LOST", "the card is reported lost"),
        new("demo-vesa", "Vesa Vanhentunut", "29909090000083", "9367", "CARD_EXPIRED", "the card ended on 31.1.2026"),
        new("demo-rauha", "Rauha Rajoitettu", "29909090000091", "1478", "PATRON_RESTRICTED", "processing is restricted"),
        new("demo-nuppu", "Nuppu Nuori", "29909090000109", "2589", "UNDERAGE", "ten years old, no guardian's consent"),
        new("demo-ehto", "Ehto Ehdoton", "29909090000117", "3690", "TERMS_NOT_ACCEPTED", "has not accepted the terms"),
        new("demo-lukko", "Lukko Lukittu", "29909090000125", "4791", "PIN_LOCKED", "the PIN was locked by the staff"),
        new("", "A card of nobody", "29909090000901", "1357", "CARD_UNKNOWN", "a valid number that nobody has"),
        new("", "A shop's loyalty card", "4006381333931", "", "CARD_UNREADABLE", "no library card"),
        new("", "Badge of the staff", "29909090000919", "", "GRANTED_BADGE", "opens at any hour, no PIN"),
        new("", "A revoked badge", "29909090000927", "", "BADGE_REFUSED", "handed in last year"),
    ];
}
