namespace KioskLink.Sip2.Circulation;

/// <summary>Who has this card, and may they use the library.</summary>
public sealed record PatronQuestion : Question
{
    /// <summary>The card's number, without blanks around it; as a machine wrote it, so anything may stand in it. Never to be logged.</summary>
    public string Card { get; init; } = "";

    /// <summary>What was typed.</summary>
    public PinClaim Pin { get; init; } = PinClaim.None;

    /// <summary>Which list is asked for besides the counts.</summary>
    public PatronList List { get; init; }

    /// <summary>The first of the list, counted from 1.</summary>
    public int FirstItem { get; init; } = 1;

    /// <summary>The last of the list; null for all.</summary>
    public int? LastItem { get; init; }
}
