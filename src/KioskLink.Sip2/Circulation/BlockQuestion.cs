namespace KioskLink.Sip2.Circulation;

/// <summary>A machine has kept a card or asks to block it. A request to staff.</summary>
public sealed record BlockQuestion : Question
{
    /// <summary>The card's number, without blanks around it; as a machine wrote it, so anything may stand in it. Never to be logged.</summary>
    public string Card { get; init; } = "";

    /// <summary>The machine has kept the card.</summary>
    public bool CardRetained { get; init; }

    /// <summary>What is said of the card.</summary>
    public string Reason { get; init; } = "";
}
