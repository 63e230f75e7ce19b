using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>19: properties of an item.</summary>
public sealed record ItemStatusUpdateRequest : Request
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.ItemStatusUpdate;

    /// <summary>When the machine sends it.</summary>
    public WireTime At { get; init; }

    /// <summary>AO: the branch or library.</summary>
    public string Institution { get; init; } = "";

    /// <summary>AB: the item's barcode.</summary>
    public string Item { get; init; } = "";

    /// <summary>AC: the machine's password.</summary>
    public Secret? TerminalPassword { get; init; }

    /// <summary>CH: properties of the item, in the vendor's own words.</summary>
    public string ItemProperties { get; init; } = "";

    /// <inheritdoc/>
    public override void Wipe()
    {
        TerminalPassword?.Dispose();
    }

    internal static ItemStatusUpdateRequest Read(ref MessageReader from) => new()
    {
        At = from.Time(),
        Institution = from.Text("AO"u8) ?? "",
        Item = from.Text("AB"u8) ?? "",
        TerminalPassword = from.Secret("AC"u8),
        ItemProperties = from.Text("CH"u8) ?? "",
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.Time(At).Text("AO"u8, Institution).Text("AB"u8, Item)
        .Secret("AC"u8, TerminalPassword).Text("CH"u8, ItemProperties).Others(Extra);
}
