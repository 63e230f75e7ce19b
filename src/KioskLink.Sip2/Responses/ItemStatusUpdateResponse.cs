using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>20: whether properties were kept.</summary>
public sealed record ItemStatusUpdateResponse : SpokenResponse
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.ItemStatusUpdateResponse;

    /// <summary>It was done.</summary>
    public bool Ok { get; init; }

    /// <summary>When it is answered.</summary>
    public WireTime At { get; init; }

    /// <summary>AB: the item's barcode.</summary>
    public string Item { get; init; } = "";

    /// <summary>AJ: the title, or its identifier.</summary>
    public string? Title { get; init; }

    /// <summary>CH: properties of the item, in the vendor's own words.</summary>
    public string? ItemProperties { get; init; }

    internal static ItemStatusUpdateResponse Read(ref MessageReader from) => new()
    {
        Ok = from.OneZero(),
        At = from.Time(),
        Item = from.Text("AB"u8) ?? "",
        Title = from.Text("AJ"u8),
        ItemProperties = from.Text("CH"u8),
        ScreenMessages = from.Texts("AF"u8),
        PrintLines = from.Texts("AG"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.OneZero(Ok).Time(At).Text("AB"u8, Item).Text("AJ"u8, Title)
        .Text("CH"u8, ItemProperties).Others(Extra).Texts("AF"u8, ScreenMessages).Texts("AG"u8, PrintLines);
}
