using KioskLink.Rules.Access;

namespace KioskLink.Node.Panel;

/// <summary>The fixed words of the panel's page.</summary>
/// <param name="Code">The language of the page (`fi`).</param>
/// <param name="Title">The page's name.</param>
/// <param name="Keypad">What the keys are for.</param>
/// <param name="Clear">The key that clears what was typed; twice it gives up.</param>
/// <param name="Enter">The key that ends the PIN.</param>
/// <param name="Typed">How many digits were typed; `{0}` stands for the number.</param>
/// <param name="Pin">The field of a browser without script.</param>
/// <param name="Languages">What the choice of languages is for.</param>
/// <param name="Gone">The node does not answer.</param>
public sealed record PanelTexts(
    string Code, string Title, string Keypad, string Clear, string Enter, string Typed, string Pin, string Languages, string Gone)
{
    private static readonly PanelTexts Finnish = new(
        "fi", "Sisäänkäynti", "Tunnusluku", "Pyyhi", "Valmis", "Numeroita annettu: {0}", "Tunnusluku", "Kieli", "Ei käytössä");

    private static readonly PanelTexts Swedish = new(
        "sv", "Ingång", "PIN-kod", "Radera", "Klar", "Siffror som matats in: {0}", "PIN-kod", "Språk", "Ur bruk");

    private static readonly PanelTexts English = new(
        "en", "Entrance", "PIN", "Clear", "Done", "Digits entered: {0}", "PIN", "Language", "Out of service");

    /// <summary>The languages that can be chosen, each in its own name.</summary>
    public static IReadOnlyList<(string Code, string Name)> Choices { get; } = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")];

    /// <summary>The words in a language; Finnish where it is unknown (R5).</summary>
    public static PanelTexts In(Language language) => language switch
    {
        Language.Sv => Swedish,
        Language.En => English,
        _ => Finnish,
    };

    /// <summary>The language of a code; Finnish where it is unknown.</summary>
    public static Language Find(string? code) => code switch
    {
        "sv" => Language.Sv,
        "en" => Language.En,
        _ => Language.Fi,
    };
}
