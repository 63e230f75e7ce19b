namespace KioskLink.Sip2.Circulation;

/// <summary>A hold is placed, changed or cancelled. An item, a title or both are named.</summary>
public sealed record HoldQuestion : Question
{
    /// <summary>What is done.</summary>
    public HoldMode Mode { get; init; }

    /// <summary>The item's barcode.</summary>
    public string? Item { get; init; }

    /// <summary>The title's identifier.</summary>
    public string? Title { get; init; }

    /// <summary>The card's number, without blanks around it; as a machine wrote it, so anything may stand in it. Never to be logged.</summary>
    public string Card { get; init; } = "";

    /// <summary>What was typed.</summary>
    public PinClaim Pin { get; init; } = PinClaim.None;

    /// <summary>Where it shall be picked up.</summary>
    public string? PickupLocation { get; init; }

    /// <summary>What it is for.</summary>
    public HoldType Type { get; init; } = HoldType.AnyCopy;

    /// <summary>When it ends.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The patron takes the fee.</summary>
    public bool FeeAcknowledged { get; init; }
}
