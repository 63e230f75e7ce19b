using KioskLink.Sip2;

namespace KioskLink.Circulation.Lending;

/// <summary>What a machine's patron is told where nobody else has a text. Without a language Finnish is spoken.</summary>
internal static class CirculationTexts
{
    /// <summary>Nobody can say or do it now.</summary>
    public static string NotNow(Language language) => In(
        language,
        "Toiminto ei ole juuri nyt käytettävissä. Yritä myöhemmin uudelleen tai kysy henkilökunnalta.",
        "Detta är inte möjligt just nu. Försök igen senare eller fråga personalen.",
        "This is not possible right now. Please try again later, or ask the staff.");

    /// <summary>The machine is for something else.</summary>
    public static string NotHere(Language language) => In(
        language,
        "Tämä laite ei tee tätä. Käytä lainausautomaattia tai kysy henkilökunnalta.",
        "Den här apparaten gör inte detta. Använd en utlåningsautomat eller fråga personalen.",
        "This machine does not do that. Please use a checkout machine, or ask the staff.");

    /// <summary>A PIN is needed and none was typed.</summary>
    public static string PinMissing(Language language) => In(language, "Anna tunnusluku.", "Ange din PIN-kod.", "Please type your PIN.");

    /// <summary>The staff was told of a card.</summary>
    public static string StaffTold(Language language) => In(
        language, "Asiasta on kerrottu henkilökunnalle.", "Personalen har underrättats.", "The staff has been told.");

    /// <summary>The amount of a payment cannot be booked.</summary>
    public static string AmountUnclear(Language language) => In(
        language,
        "Maksun summa on epäselvä. Maksua ei kirjattu.",
        "Betalningens belopp är oklart. Inget bokfördes.",
        "The amount of the payment is unclear. Nothing was booked.");

    private static string In(Language language, string finnish, string swedish, string english) => language switch
    {
        Language.Finnish or Language.Unknown => finnish,
        Language.Swedish => swedish,
        _ => english,
    };
}
