namespace KioskLink.Sip2.Circulation;

/// <summary>An item comes back.</summary>
public sealed record CheckinQuestion : Question
{
    /// <summary>The item's barcode, without blanks around it.</summary>
    public string Item { get; init; } = "";

    /// <summary>Where it came back; empty where the machine does not say.</summary>
    public string Location { get; init; } = "";

    /// <summary>When it came back; null where the machine tells no time.</summary>
    public DateTimeOffset? ReturnedAt { get; init; }

    /// <summary>It happened already, while the machine was alone: it must not be refused.</summary>
    public bool NoBlock { get; init; }

    /// <summary>It undoes the opposite that has just failed.</summary>
    public bool Cancels { get; init; }

    /// <summary>Properties of the item, in the vendor's own words.</summary>
    public string? ItemProperties { get; init; }
}
