namespace KioskLink.Sip2;

/// <summary>An answer that may say something to the patron. Texts never mean success or failure.</summary>
public abstract record SpokenResponse : Response
{
    /// <summary>AF: for the screen.</summary>
    public IReadOnlyList<string> ScreenMessages { get; init; } = [];

    /// <summary>AG: for the receipt.</summary>
    public IReadOnlyList<string> PrintLines { get; init; } = [];
}
