namespace KioskLink.Sip2.Circulation;

/// <summary>A patron has left the machine.</summary>
public sealed record EndSessionQuestion : Question
{
    /// <summary>The card's number, without blanks around it; as a machine wrote it, so anything may stand in it. Never to be logged.</summary>
    public string Card { get; init; } = "";
}
