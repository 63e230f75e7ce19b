using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>17: what is known of an item.</summary>
public sealed record ItemInformationRequest : Request
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.ItemInformation;

    /// <summary>When the machine sends it.</summary>
    public WireTime At { get; init; }

    /// <summary>AO: the branch or library.</summary>
    public string Institution { get; init; } = "";

    /// <summary>AB: the item's barcode.</summary>
    public string Item { get; init; } = "";

    /// <summary>AC: the machine's password.</summary>
    public Secret? TerminalPassword { get; init; }

    /// <inheritdoc/>
    public override void Wipe()
    {
        TerminalPassword?.Dispose();
    }

    internal static ItemInformationRequest Read(ref MessageReader from) => new()
    {
        At = from.Time(),
        Institution = from.Text("AO"u8) ?? "",
        Item = from.Text("AB"u8) ?? "",
        TerminalPassword = from.Secret("AC"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.Time(At).Text("AO"u8, Institution).Text("AB"u8, Item)
        .Secret("AC"u8, TerminalPassword).Others(Extra);
}
