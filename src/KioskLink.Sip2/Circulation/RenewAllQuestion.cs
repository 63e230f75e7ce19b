namespace KioskLink.Sip2.Circulation;

/// <summary>All loans of a patron are renewed.</summary>
public sealed record RenewAllQuestion : Question
{
    /// <summary>The card's number, without blanks around it; as a machine wrote it, so anything may stand in it. Never to be logged.</summary>
    public string Card { get; init; } = "";

    /// <summary>What was typed.</summary>
    public PinClaim Pin { get; init; } = PinClaim.None;

    /// <summary>The patron takes the fee.</summary>
    public bool FeeAcknowledged { get; init; }
}
