namespace KioskLink.Sip2.Circulation;

/// <summary>What became of a hold.</summary>
public sealed record HoldAnswer : Answer
{
    /// <summary>It was placed, changed or cancelled.</summary>
    public bool Done { get; init; }

    /// <summary>The item is there already.</summary>
    public bool Available { get; init; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The place in the queue.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>Where it is picked up.</summary>
    public string? PickupLocation { get; init; }

    /// <summary>The item's barcode.</summary>
    public string? Item { get; init; }

    /// <summary>The title.</summary>
    public string? Title { get; init; }

    /// <summary>Nothing was done, and why.</summary>
    public static HoldAnswer Refused(string text) => new() { ScreenMessages = [text] };
}
