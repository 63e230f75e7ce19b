namespace KioskLink.Sip2.Circulation;

/// <summary>What is known of an item. An unknown one is of status <see cref="CirculationStatus.Other"/> and has no title; SIP2 has no other way to say so.</summary>
public sealed record ItemAnswer : Answer
{
    /// <summary>Where it is.</summary>
    public CirculationStatus Status { get; init; } = CirculationStatus.Other;

    /// <summary>The title.</summary>
    public string Title { get; init; } = "";

    /// <summary>How it is secured.</summary>
    public SecurityMarker Security { get; init; } = SecurityMarker.None;

    /// <summary>What a fee on it is for.</summary>
    public FeeType FeeType { get; init; } = FeeType.Other;

    /// <summary>The fee.</summary>
    public decimal? FeeAmount { get; init; }

    /// <summary>Of the fee (ISO 4217).</summary>
    public string? Currency { get; init; }

    /// <summary>When it is due.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>When it was recalled.</summary>
    public DateTimeOffset? RecalledAt { get; init; }

    /// <summary>Until when it waits to be picked up.</summary>
    public DateTimeOffset? HoldPickupUntil { get; init; }

    /// <summary>How many wait for it.</summary>
    public int? HoldQueueLength { get; init; }

    /// <summary>Whose it is.</summary>
    public string? Owner { get; init; }

    /// <summary>What it is.</summary>
    public MediaType? Media { get; init; }

    /// <summary>Where it belongs.</summary>
    public string? PermanentLocation { get; init; }

    /// <summary>Where it is.</summary>
    public string? CurrentLocation { get; init; }

    /// <summary>Properties of the item.</summary>
    public string? ItemProperties { get; init; }

    /// <summary>Nothing was done, and why.</summary>
    public static ItemAnswer Refused(string text) => new() { ScreenMessages = [text] };
}
