using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>12: whether a loan was made.</summary>
public sealed record CheckoutResponse : SpokenResponse
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.CheckoutResponse;

    /// <summary>It was done.</summary>
    public bool Ok { get; init; }

    /// <summary>The patron had it already, and it was renewed.</summary>
    public bool RenewalOk { get; init; }

    /// <summary>The item must not come near a magnet.</summary>
    public Answered MagneticMedia { get; init; }

    /// <summary>The machine shall turn the security off.</summary>
    public Answered Desensitize { get; init; }

    /// <summary>When it is answered.</summary>
    public WireTime At { get; init; }

    /// <summary>AO: the branch or library.</summary>
    public string Institution { get; init; } = "";

    /// <summary>AA: the number of the patron's card.</summary>
    public string Patron { get; init; } = "";

    /// <summary>AB: the item's barcode.</summary>
    public string Item { get; init; } = "";

    /// <summary>AJ: the title.</summary>
    public string Title { get; init; } = "";

    /// <summary>AH: when it is due, in any words.</summary>
    public string DueDate { get; init; } = "";

    /// <summary>BT: what a fee is for.</summary>
    public FeeType? FeeType { get; init; }

    /// <summary>CI: the security shall stay on.</summary>
    public bool? SecurityInhibit { get; init; }

    /// <summary>BH: the currency (ISO 4217).</summary>
    public string? Currency { get; init; }

    /// <summary>BV: what is to be paid; absent means 0.</summary>
    public decimal? FeeAmount { get; init; }

    /// <summary>CK: what the item is.</summary>
    public MediaType? Media { get; init; }

    /// <summary>CH: properties of the item, in the vendor's own words.</summary>
    public string? ItemProperties { get; init; }

    /// <summary>BK: the number of the payment or loan.</summary>
    public string? TransactionId { get; init; }

    internal static CheckoutResponse Read(ref MessageReader from) => new()
    {
        Ok = from.OneZero(),
        RenewalOk = from.YesNo(),
        MagneticMedia = from.YesNoUnknown(),
        Desensitize = from.YesNoUnknown(),
        At = from.Time(),
        Institution = from.Text("AO"u8) ?? "",
        Patron = from.Text("AA"u8) ?? "",
        Item = from.Text("AB"u8) ?? "",
        Title = from.Text("AJ"u8) ?? "",
        DueDate = from.Text("AH"u8) ?? "",
        FeeType = (FeeType?)from.Integer("BT"u8),
        SecurityInhibit = from.Flag("CI"u8),
        Currency = from.Text("BH"u8),
        FeeAmount = from.Amount("BV"u8),
        Media = (MediaType?)from.Integer("CK"u8),
        ItemProperties = from.Text("CH"u8),
        TransactionId = from.Text("BK"u8),
        ScreenMessages = from.Texts("AF"u8),
        PrintLines = from.Texts("AG"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.OneZero(Ok).YesNo(RenewalOk).YesNoUnknown(MagneticMedia)
        .YesNoUnknown(Desensitize).Time(At).Text("AO"u8, Institution).Text("AA"u8, Patron).Text("AB"u8, Item).Text("AJ"u8, Title)
        .Text("AH"u8, DueDate).Integer("BT"u8, (int?)FeeType, 2).Flag("CI"u8, SecurityInhibit).Text("BH"u8, Currency)
        .Amount("BV"u8, FeeAmount).Integer("CK"u8, (int?)Media, 3).Text("CH"u8, ItemProperties).Text("BK"u8, TransactionId)
        .Others(Extra).Texts("AF"u8, ScreenMessages).Texts("AG"u8, PrintLines);
}
