namespace KioskLink.Sip2.Server;

/// <summary>What a session says itself; everything else is said by whoever answers.</summary>
internal sealed record SessionTexts
{
    private static readonly SessionTexts English = new()
    {
        PinMissing = "Please type your PIN.",
        NotNow = "This is not possible right now. Please try again later.",
        AmountUnclear = "The amount of the payment is missing or unclear. Nothing was booked.",
        NothingNamed = "No item was named.",
    };

    private static readonly SessionTexts Finnish = new()
    {
        PinMissing = "Anna tunnusluku.",
        NotNow = "Toiminto ei ole juuri nyt käytettävissä. Yritä myöhemmin uudelleen.",
        AmountUnclear = "Maksun summa puuttuu tai on epäselvä. Maksua ei kirjattu.",
        NothingNamed = "Aineistoa ei ilmoitettu.",
    };

    private static readonly SessionTexts Swedish = new()
    {
        PinMissing = "Ange din PIN-kod.",
        NotNow = "Detta är inte möjligt just nu. Försök igen senare.",
        AmountUnclear = "Betalningens belopp saknas eller är oklart. Inget bokfördes.",
        NothingNamed = "Inget material angavs.",
    };

    public required string PinMissing { get; init; }

    public required string NotNow { get; init; }

    public required string AmountUnclear { get; init; }

    public required string NothingNamed { get; init; }

    /// <summary>The texts of a language. Without one Finnish is spoken.</summary>
    public static SessionTexts In(Language language) => language switch
    {
        Language.Finnish or Language.Unknown => Finnish,
        Language.Swedish => Swedish,
        _ => English,
    };
}
