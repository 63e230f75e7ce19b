using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>11: an item goes out.</summary>
public sealed record CheckoutRequest : Request
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.Checkout;

    /// <summary>A loan of the same patron may be renewed.</summary>
    public bool RenewalPolicy { get; init; }

    /// <summary>It happened already, while the machine was alone: it must not be refused.</summary>
    public bool NoBlock { get; init; }

    /// <summary>When the machine sends it.</summary>
    public WireTime At { get; init; }

    /// <summary>The due date that was told then.</summary>
    public WireTime NoBlockDue { get; init; }

    /// <summary>AO: the branch or library.</summary>
    public string Institution { get; init; } = "";

    /// <summary>AA: the number of the patron's card.</summary>
    public string Patron { get; init; } = "";

    /// <summary>AB: the item's barcode.</summary>
    public string Item { get; init; } = "";

    /// <summary>AC: the machine's password.</summary>
    public Secret? TerminalPassword { get; init; }

    /// <summary>CH: properties of the item, in the vendor's own words.</summary>
    public string? ItemProperties { get; init; }

    /// <summary>AD: the patron's PIN; null where none was sent, which is not the same as an empty one.</summary>
    public Secret? Pin { get; init; }

    /// <summary>BO: the patron takes the fee.</summary>
    public bool? FeeAcknowledged { get; init; }

    /// <summary>BI: undoes the opposite that has just failed.</summary>
    public bool? Cancels { get; init; }

    /// <inheritdoc/>
    public override void Wipe()
    {
        TerminalPassword?.Dispose();
        Pin?.Dispose();
    }

    internal static CheckoutRequest Read(ref MessageReader from) => new()
    {
        RenewalPolicy = from.YesNo(),
        NoBlock = from.YesNo(),
        At = from.Time(),
        NoBlockDue = from.Time(),
        Institution = from.Text("AO"u8) ?? "",
        Patron = from.Text("AA"u8) ?? "",
        Item = from.Text("AB"u8) ?? "",
        TerminalPassword = from.Secret("AC"u8),
        ItemProperties = from.Text("CH"u8),
        Pin = from.Secret("AD"u8),
        FeeAcknowledged = from.Flag("BO"u8),
        Cancels = from.Flag("BI"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.YesNo(RenewalPolicy).YesNo(NoBlock).Time(At).Time(NoBlockDue)
        .Text("AO"u8, Institution).Text("AA"u8, Patron).Text("AB"u8, Item).RequiredSecret("AC"u8, TerminalPassword)
        .Text("CH"u8, ItemProperties).Secret("AD"u8, Pin).Flag("BO"u8, FeeAcknowledged).Flag("BI"u8, Cancels).Others(Extra);
}
