using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>10: whether a return was taken.</summary>
public sealed record CheckinResponse : SpokenResponse
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.CheckinResponse;

    /// <summary>It was done.</summary>
    public bool Ok { get; init; }

    /// <summary>The machine shall turn the security on.</summary>
    public bool Resensitize { get; init; }

    /// <summary>The item must not come near a magnet.</summary>
    public Answered MagneticMedia { get; init; }

    /// <summary>The machine shall call for a hand.</summary>
    public bool Alert { get; init; }

    /// <summary>When it is answered.</summary>
    public WireTime At { get; init; }

    /// <summary>AO: the branch or library.</summary>
    public string Institution { get; init; } = "";

    /// <summary>AB: the item's barcode.</summary>
    public string Item { get; init; } = "";

    /// <summary>AQ: where the item belongs.</summary>
    public string PermanentLocation { get; init; } = "";

    /// <summary>AJ: the title, or its identifier.</summary>
    public string? Title { get; init; }

    /// <summary>CL: into which bin it goes.</summary>
    public string? SortBin { get; init; }

    /// <summary>AA: the number of the patron's card.</summary>
    public string? Patron { get; init; }

    /// <summary>CK: what the item is.</summary>
    public MediaType? Media { get; init; }

    /// <summary>CH: properties of the item, in the vendor's own words.</summary>
    public string? ItemProperties { get; init; }

    internal static CheckinResponse Read(ref MessageReader from) => new()
    {
        Ok = from.OneZero(),
        Resensitize = from.YesNo(),
        MagneticMedia = from.YesNoUnknown(),
        Alert = from.YesNo(),
        At = from.Time(),
        Institution = from.Text("AO"u8) ?? "",
        Item = from.Text("AB"u8) ?? "",
        PermanentLocation = from.Text("AQ"u8) ?? "",
        Title = from.Text("AJ"u8),
        SortBin = from.Text("CL"u8),
        Patron = from.Text("AA"u8),
        Media = (MediaType?)from.Integer("CK"u8),
        ItemProperties = from.Text("CH"u8),
        ScreenMessages = from.Texts("AF"u8),
        PrintLines = from.Texts("AG"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.OneZero(Ok).YesNo(Resensitize).YesNoUnknown(MagneticMedia)
        .YesNo(Alert).Time(At).Text("AO"u8, Institution).Text("AB"u8, Item).Text("AQ"u8, PermanentLocation).Text("AJ"u8, Title)
        .Text("CL"u8, SortBin).Text("AA"u8, Patron).Integer("CK"u8, (int?)Media, 3).Text("CH"u8, ItemProperties).Others(Extra)
        .Texts("AF"u8, ScreenMessages).Texts("AG"u8, PrintLines);
}
