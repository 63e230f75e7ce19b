using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>16: what became of a hold.</summary>
public sealed record HoldResponse : SpokenResponse
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.HoldResponse;

    /// <summary>It was done.</summary>
    public bool Ok { get; init; }

    /// <summary>The item is there already.</summary>
    public bool Available { get; init; }

    /// <summary>When it is answered.</summary>
    public WireTime At { get; init; }

    /// <summary>BW: when the hold ends.</summary>
    public WireTime? ExpiresAt { get; init; }

    /// <summary>BR: the place in the queue.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>BS: where it is picked up.</summary>
    public string? PickupLocation { get; init; }

    /// <summary>AO: the branch or library.</summary>
    public string Institution { get; init; } = "";

    /// <summary>AA: the number of the patron's card.</summary>
    public string Patron { get; init; } = "";

    /// <summary>AB: the item's barcode.</summary>
    public string? Item { get; init; }

    /// <summary>AJ: the title, or its identifier.</summary>
    public string? Title { get; init; }

    internal static HoldResponse Read(ref MessageReader from) => new()
    {
        Ok = from.OneZero(),
        Available = from.YesNo(),
        At = from.Time(),
        ExpiresAt = from.TimeField("BW"u8),
        QueuePosition = from.Integer("BR"u8),
        PickupLocation = from.Text("BS"u8),
        Institution = from.Text("AO"u8) ?? "",
        Patron = from.Text("AA"u8) ?? "",
        Item = from.Text("AB"u8),
        Title = from.Text("AJ"u8),
        ScreenMessages = from.Texts("AF"u8),
        PrintLines = from.Texts("AG"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.OneZero(Ok).YesNo(Available).Time(At).TimeField("BW"u8, ExpiresAt)
        .Integer("BR"u8, QueuePosition).Text("BS"u8, PickupLocation).Text("AO"u8, Institution).Text("AA"u8, Patron)
        .Text("AB"u8, Item).Text("AJ"u8, Title).Others(Extra).Texts("AF"u8, ScreenMessages).Texts("AG"u8, PrintLines);
}
