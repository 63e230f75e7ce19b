using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>09: an item comes back.</summary>
public sealed record CheckinRequest : Request
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.Checkin;

    /// <summary>It happened already, while the machine was alone: it must not be refused.</summary>
    public bool NoBlock { get; init; }

    /// <summary>When the machine sends it.</summary>
    public WireTime At { get; init; }

    /// <summary>When the item came back.</summary>
    public WireTime ReturnedAt { get; init; }

    /// <summary>AP: where it came back.</summary>
    public string Location { get; init; } = "";

    /// <summary>AO: the branch or library.</summary>
    public string Institution { get; init; } = "";

    /// <summary>AB: the item's barcode.</summary>
    public string Item { get; init; } = "";

    /// <summary>AC: the machine's password.</summary>
    public Secret? TerminalPassword { get; init; }

    /// <summary>CH: properties of the item, in the vendor's own words.</summary>
    public string? ItemProperties { get; init; }

    /// <summary>BI: undoes the opposite that has just failed.</summary>
    public bool? Cancels { get; init; }

    /// <inheritdoc/>
    public override void Wipe()
    {
        TerminalPassword?.Dispose();
    }

    internal static CheckinRequest Read(ref MessageReader from) => new()
    {
        NoBlock = from.YesNo(),
        At = from.Time(),
        ReturnedAt = from.Time(),
        Location = from.Text("AP"u8) ?? "",
        Institution = from.Text("AO"u8) ?? "",
        Item = from.Text("AB"u8) ?? "",
        TerminalPassword = from.Secret("AC"u8),
        ItemProperties = from.Text("CH"u8),
        Cancels = from.Flag("BI"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.YesNo(NoBlock).Time(At).Time(ReturnedAt).Text("AP"u8, Location)
        .Text("AO"u8, Institution).Text("AB"u8, Item).RequiredSecret("AC"u8, TerminalPassword).Text("CH"u8, ItemProperties)
        .Flag("BI"u8, Cancels).Others(Extra);
}
