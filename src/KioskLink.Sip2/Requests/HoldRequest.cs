using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>15: a hold is placed, changed or cancelled.</summary>
public sealed record HoldRequest : Request
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.Hold;

    /// <summary>What is done.</summary>
    public HoldMode Mode { get; init; }

    /// <summary>When the machine sends it.</summary>
    public WireTime At { get; init; }

    /// <summary>BW: when the hold ends.</summary>
    public WireTime? ExpiresAt { get; init; }

    /// <summary>BS: where it shall be picked up.</summary>
    public string? PickupLocation { get; init; }

    /// <summary>BY: what it is for.</summary>
    public HoldType? Type { get; init; }

    /// <summary>AO: the branch or library.</summary>
    public string Institution { get; init; } = "";

    /// <summary>AA: the number of the patron's card.</summary>
    public string Patron { get; init; } = "";

    /// <summary>AD: the patron's PIN; null where none was sent, which is not the same as an empty one.</summary>
    public Secret? Pin { get; init; }

    /// <summary>AB: the item's barcode.</summary>
    public string? Item { get; init; }

    /// <summary>AJ: the title, or its identifier.</summary>
    public string? Title { get; init; }

    /// <summary>AC: the machine's password.</summary>
    public Secret? TerminalPassword { get; init; }

    /// <summary>BO: the patron takes the fee.</summary>
    public bool? FeeAcknowledged { get; init; }

    /// <inheritdoc/>
    public override void Wipe()
    {
        Pin?.Dispose();
        TerminalPassword?.Dispose();
    }

    internal static HoldRequest Read(ref MessageReader from) => new()
    {
        Mode = Known(from.Character()),
        At = from.Time(),
        ExpiresAt = from.TimeField("BW"u8),
        PickupLocation = from.Text("BS"u8),
        Type = (HoldType?)from.Integer("BY"u8),
        Institution = from.Text("AO"u8) ?? "",
        Patron = from.Text("AA"u8) ?? "",
        Pin = from.Secret("AD"u8),
        Item = from.Text("AB"u8),
        Title = from.Text("AJ"u8),
        TerminalPassword = from.Secret("AC"u8),
        FeeAcknowledged = from.Flag("BO"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.Character((char)Mode).Time(At).TimeField("BW"u8, ExpiresAt)
        .Text("BS"u8, PickupLocation).Integer("BY"u8, (int?)Type, 1).Text("AO"u8, Institution).Text("AA"u8, Patron)
        .Secret("AD"u8, Pin).Text("AB"u8, Item).Text("AJ"u8, Title).Secret("AC"u8, TerminalPassword).Flag("BO"u8, FeeAcknowledged)
        .Others(Extra);

    private static HoldMode Known(char mode) => mode is '+' or '-' or '*' ? (HoldMode)mode : HoldMode.Unknown;
}
