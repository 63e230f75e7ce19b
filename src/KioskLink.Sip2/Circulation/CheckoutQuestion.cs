namespace KioskLink.Sip2.Circulation;

/// <summary>An item goes out.</summary>
public sealed record CheckoutQuestion : Question
{
    /// <summary>The item's barcode, without blanks around it.</summary>
    public string Item { get; init; } = "";

    /// <summary>The card's number, without blanks around it; as a machine wrote it, so anything may stand in it. Never to be logged.</summary>
    public string Card { get; init; } = "";

    /// <summary>What was typed.</summary>
    public PinClaim Pin { get; init; } = PinClaim.None;

    /// <summary>A loan of the same patron may be renewed instead.</summary>
    public bool MayRenew { get; init; }

    /// <summary>It happened already, while the machine was alone: it must not be refused.</summary>
    public bool NoBlock { get; init; }

    /// <summary>The due date that the patron was told, where the machine was alone.</summary>
    public DateTimeOffset? OfflineDue { get; init; }

    /// <summary>The patron takes the fee.</summary>
    public bool FeeAcknowledged { get; init; }

    /// <summary>It undoes the opposite that has just failed.</summary>
    public bool Cancels { get; init; }

    /// <summary>Properties of the item, in the vendor's own words.</summary>
    public string? ItemProperties { get; init; }
}
