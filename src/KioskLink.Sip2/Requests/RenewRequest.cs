using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>29: a loan is renewed.</summary>
public sealed record RenewRequest : Request
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.Renew;

    /// <summary>Somebody else than the borrower may renew.</summary>
    public bool ThirdPartyAllowed { get; init; }

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

    /// <summary>AD: the patron's PIN; null where none was sent, which is not the same as an empty one.</summary>
    public Secret? Pin { get; init; }

    /// <summary>AB: the item's barcode.</summary>
    public string? Item { get; init; }

    /// <summary>AJ: the title, or its identifier.</summary>
    public string? Title { get; init; }

    /// <summary>AC: the machine's password.</summary>
    public Secret? TerminalPassword { get; init; }

    /// <summary>CH: properties of the item, in the vendor's own words.</summary>
    public string? ItemProperties { get; init; }

    /// <summary>BO: the patron takes the fee.</summary>
    public bool? FeeAcknowledged { get; init; }

    /// <inheritdoc/>
    public override void Wipe()
    {
        Pin?.Dispose();
        TerminalPassword?.Dispose();
    }

    internal static RenewRequest Read(ref MessageReader from) => new()
    {
        ThirdPartyAllowed = from.YesNo(),
        NoBlock = from.YesNo(),
        At = from.Time(),
        NoBlockDue = from.Time(),
        Institution = from.Text("AO"u8) ?? "",
        Patron = from.Text("AA"u8) ?? "",
        Pin = from.Secret("AD"u8),
        Item = from.Text("AB"u8),
        Title = from.Text("AJ"u8),
        TerminalPassword = from.Secret("AC"u8),
        ItemProperties = from.Text("CH"u8),
        FeeAcknowledged = from.Flag("BO"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.YesNo(ThirdPartyAllowed).YesNo(NoBlock).Time(At).Time(NoBlockDue)
        .Text("AO"u8, Institution).Text("AA"u8, Patron).Secret("AD"u8, Pin).Text("AB"u8, Item).Text("AJ"u8, Title)
        .Secret("AC"u8, TerminalPassword).Text("CH"u8, ItemProperties).Flag("BO"u8, FeeAcknowledged).Others(Extra);
}
