namespace KioskLink.Sip2.Circulation;

/// <summary>A loan is renewed. An item, a title or both are named.</summary>
public sealed record RenewQuestion : Question
{
    /// <summary>The item's barcode.</summary>
    public string? Item { get; init; }

    /// <summary>The title's identifier.</summary>
    public string? Title { get; init; }

    /// <summary>The card's number, without blanks around it; as a machine wrote it, so anything may stand in it. Never to be logged.</summary>
    public string Card { get; init; } = "";

    /// <summary>What was typed.</summary>
    public PinClaim Pin { get; init; } = PinClaim.None;

    /// <summary>It happened already, while the machine was alone: it must not be refused.</summary>
    public bool NoBlock { get; init; }

    /// <summary>The patron takes the fee.</summary>
    public bool FeeAcknowledged { get; init; }

    /// <summary>Somebody else than the borrower may renew.</summary>
    public bool ThirdPartyAllowed { get; init; }
}
