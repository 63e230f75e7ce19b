using KioskLink.Rules.Access;

namespace KioskLink.Node.Entrances;

/// <summary>The lines a display shows before there is a decision: always in the door's first language, since nothing may depend on the card yet.</summary>
/// <param name="PresentCard">The door waits for a card.</param>
/// <param name="EnterPin">The door waits for a PIN.</param>
/// <param name="PleaseWait">The decision takes long.</param>
/// <param name="PresentAgain">What was presented may be old: it counts for nothing.</param>
/// <param name="DoorFault">The lock did not answer: the door may have stayed locked.</param>
/// <param name="OutOfService">The door decides nothing now.</param>
/// <param name="OtherDoor">The door opens once the other one is closed.</param>
/// <param name="Seen">The card was noted, on the way out or inside.</param>
internal sealed record Prompts(
    string PresentCard, string EnterPin, string PleaseWait, string PresentAgain, string DoorFault, string OutOfService, string OtherDoor, string Seen)
{
    private static readonly Prompts Finnish = new(
        "Näytä kirjastokortti", "Anna tunnusluku", "Odota hetki", "Näytä kortti uudelleen", "Ovi ei auennut, yritä uudelleen", "Ei käytössä",
        "Sulje ensin toinen ovi", "Kiitos, kortti luettu");

    private static readonly Prompts Swedish = new(
        "Visa bibliotekskortet", "Ange PIN-koden", "Vänta lite", "Visa kortet igen", "Dörren öppnades inte, försök igen", "Ur bruk",
        "Stäng den andra dörren först", "Tack, kortet lästes");

    private static readonly Prompts English = new(
        "Present your card", "Enter your PIN", "Please wait", "Present card again", "The door did not open, try again", "Out of service",
        "Close the other door first", "Thank you, card read");

    /// <summary>The lines in a language; Finnish where it is unknown (R5).</summary>
    public static Prompts In(Language language) => language switch
    {
        Language.Sv => Swedish,
        Language.En => English,
        _ => Finnish,
    };

    /// <summary>The same line of other prompts; any other text as it is.</summary>
    public string Translate(string text, Prompts into)
    {
        foreach (var (line, same) in Lines.Zip(into.Lines))
            if (line == text)
                return same;
        return text;
    }

    private IEnumerable<string> Lines => [PresentCard, EnterPin, PleaseWait, PresentAgain, DoorFault, OutOfService, OtherDoor, Seen];
}
