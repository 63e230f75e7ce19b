using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>18: what is known of an item.</summary>
public sealed record ItemInformationResponse : SpokenResponse
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.ItemInformationResponse;

    /// <summary>Where the item is.</summary>
    public CirculationStatus Status { get; init; } = CirculationStatus.Other;

    /// <summary>How it is secured.</summary>
    public SecurityMarker Security { get; init; }

    /// <summary>What a fee on it is for.</summary>
    public FeeType FeeType { get; init; } = FeeType.Other;

    /// <summary>When it is answered.</summary>
    public WireTime At { get; init; }

    /// <summary>CF: how many wait for it.</summary>
    public int? HoldQueueLength { get; init; }

    /// <summary>AH: when it is due, in any words.</summary>
    public string? DueDate { get; init; }

    /// <summary>CJ: when it was recalled.</summary>
    public WireTime? RecalledAt { get; init; }

    /// <summary>CM: until when it waits to be picked up.</summary>
    public WireTime? HoldPickupAt { get; init; }

    /// <summary>AB: the item's barcode.</summary>
    public string Item { get; init; } = "";

    /// <summary>AJ: the title.</summary>
    public string Title { get; init; } = "";

    /// <summary>BG: whose it is.</summary>
    public string? Owner { get; init; }

    /// <summary>BH: the currency (ISO 4217).</summary>
    public string? Currency { get; init; }

    /// <summary>BV: what is to be paid; absent means 0.</summary>
    public decimal? FeeAmount { get; init; }

    /// <summary>CK: what it is.</summary>
    public MediaType? Media { get; init; }

    /// <summary>AQ: where it belongs.</summary>
    public string? PermanentLocation { get; init; }

    /// <summary>AP: where it is.</summary>
    public string? CurrentLocation { get; init; }

    /// <summary>CH: properties of the item, in the vendor's own words.</summary>
    public string? ItemProperties { get; init; }

    internal static ItemInformationResponse Read(ref MessageReader from) => new()
    {
        Status = (CirculationStatus?)from.Number(2) ?? CirculationStatus.Other,
        Security = (SecurityMarker?)from.Number(2) ?? SecurityMarker.Other,
        FeeType = (FeeType?)from.Number(2) ?? FeeType.Other,
        At = from.Time(),
        HoldQueueLength = from.Integer("CF"u8),
        DueDate = from.Text("AH"u8),
        RecalledAt = from.TimeField("CJ"u8),
        HoldPickupAt = from.TimeField("CM"u8),
        Item = from.Text("AB"u8) ?? "",
        Title = from.Text("AJ"u8) ?? "",
        Owner = from.Text("BG"u8),
        Currency = from.Text("BH"u8),
        FeeAmount = from.Amount("BV"u8),
        Media = (MediaType?)from.Integer("CK"u8),
        PermanentLocation = from.Text("AQ"u8),
        CurrentLocation = from.Text("AP"u8),
        ItemProperties = from.Text("CH"u8),
        ScreenMessages = from.Texts("AF"u8),
        PrintLines = from.Texts("AG"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.Number((int)Status, 2).Number((int)Security, 2)
        .Number((int)FeeType, 2).Time(At).Integer("CF"u8, HoldQueueLength).Text("AH"u8, DueDate).TimeField("CJ"u8, RecalledAt)
        .TimeField("CM"u8, HoldPickupAt).Text("AB"u8, Item).Text("AJ"u8, Title).Text("BG"u8, Owner).Text("BH"u8, Currency)
        .Amount("BV"u8, FeeAmount).Integer("CK"u8, (int?)Media, 3).Text("AQ"u8, PermanentLocation).Text("AP"u8, CurrentLocation)
        .Text("CH"u8, ItemProperties).Others(Extra).Texts("AF"u8, ScreenMessages).Texts("AG"u8, PrintLines);
}
