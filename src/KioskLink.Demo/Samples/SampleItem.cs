namespace KioskLink.Demo.Samples;

/// <summary>An item that the demo's library has, and where it is when the demo starts for the first time.</summary>
/// <param name="Barcode">Its barcode.</param>
/// <param name="Title">Author and title.</param>
/// <param name="Type">Its type in the profile's loan rules.</param>
/// <param name="Shelf">Where it stands: the call number.</param>
internal sealed record SampleItem(string Barcode, string Title, string Type, string Shelf)
{
    /// <summary>The customer who has it on loan; empty where it stands on the shelf.</summary>
    public string LentTo { get; init; } = "";

    /// <summary>Days until it is due; below zero it is overdue.</summary>
    public int DueInDays { get; init; }

    /// <summary>The customer for whom it waits on the hold shelf; empty for none.</summary>
    public string HeldFor { get; init; } = "";

    /// <summary>Everything that stands in the demo's library: several of each type, some on loan, one overdue, one on the hold shelf.</summary>
    public static IReadOnlyList<SampleItem> All { get; } =
    [
        new("KL0001", "Kivi, Aleksis: Seitsemän veljestä", "book", "84.2 KIV"),
        new("KL0002", "Lönnrot, Elias: Kalevala", "book", "81.2 KAL"),
        new("KL0003", "Canth, Minna: Anna Liisa", "book", "82.2 CAN") { LentTo = "demo-aino", DueInDays = 12 },
        new("KL0004", "Jansson, Tove: Taikurin hattu", "book", "85.22 JAN"),
        new("KL0005", "Jansson, Tove: Trollkarlens hatt", "book", "85.22 JAN"),
        new("KL0006", "Jansson, Tove: Finn Family Moomintroll", "book", "85.22 JAN"),
        new("KL0007", "Runeberg, Johan Ludvig: Fänrik Ståls sägner", "book", "81.2 RUN") { LentTo = "demo-bjorn", DueInDays = 5 },
        new("KL0008", "Topelius, Zachris: Fältskärns berättelser", "book", "84.2 TOP"),
        new("KL0009", "Aho, Juhani: Rautatie", "book", "84.2 AHO") { LentTo = "demo-bjorn", DueInDays = -6 },
        new("KL0010", "Södergran, Edith: Dikter", "book", "81.2 SÖD"),
        new("KL0011", "Leino, Eino: Helkavirsiä", "book", "81.2 LEI") { HeldFor = "demo-kerttu" },
        new("KL0012", "Swan, Anni: Tottisalmen perillinen", "book", "84.2 SWA"),
        new("KL0013", "Carroll, Lewis: Alice's Adventures in Wonderland", "book", "85.22 CAR") { LentTo = "demo-jane", DueInDays = 20 },
        new("KL0014", "Doyle, Arthur Conan: The Hound of the Baskervilles", "book", "84.2 DOY"),
        new("KL0015", "Austen, Jane: Emma", "book", "84.2 AUS"),
        new("KL0016", "Verne, Jules: Maailman ympäri 80 päivässä", "book", "84.2 VER"),
        new("KL0017", "Mikroskooppi ja tähtitaivas 3/2026", "magazine", "55 lehdet"),
        new("KL0018", "Puutarhurin vuosi 9/2026", "magazine", "67 lehdet"),
        new("KL0019", "Skärgårdens röst 2/2026", "magazine", "92 lehdet") { LentTo = "demo-bjorn", DueInDays = 9 },
        new("KL0020", "Käsityön kuukausi 10/2026", "magazine", "65 lehdet"),
        new("KL0021", "Sibelius: Sinfonia nro 2 (CD)", "audio", "78.31 SIB"),
        new("KL0022", "Crusell: Klarinettikonsertot (CD)", "audio", "78.31 CRU"),
        new("KL0023", "Kivi, Aleksis: Nummisuutarit (äänikirja)", "audio", "82.2 KIV") { LentTo = "demo-kerttu", DueInDays = 30 },
        new("KL0024", "Kansanlauluja Hämeestä (CD)", "audio", "78.3 KAN"),
        new("KL0025", "Salpausselän rinteillä (DVD)", "movie", "77.4 SAL"),
        new("KL0026", "Vesijärven vuosi (DVD)", "movie", "77.4 VES"),
        new("KL0027", "Tuntematon järvi (Blu-ray)", "movie", "77.4 TUN") { LentTo = "demo-lauri", DueInDays = 3 },
        new("KL0028", "Talvi Renkomäessä", "quick-loan", "Pikalaina"),
        new("KL0029", "Uusi leipäkirja", "quick-loan", "Pikalaina"),
        new("KL0030", "Syksyn dekkari", "quick-loan", "Pikalaina"),
        new("KL0031", "Suomen sanojen alkuperä", "reference", "Käsikirjasto"),
        new("KL0032", "Lahden seudun kartasto", "reference", "Käsikirjasto"),
    ];
}
