using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>25: a card shall be good again. For tests of machines.</summary>
public sealed record PatronEnableRequest : Request
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.PatronEnable;

    /// <summary>When the machine sends it.</summary>
    public WireTime At { get; init; }

    /// <summary>AO: the branch or library.</summary>
    public string Institution { get; init; } = "";

    /// <summary>AA: the number of the patron's card.</summary>
    public string Patron { get; init; } = "";

    /// <summary>AC: the machine's password.</summary>
    public Secret? TerminalPassword { get; init; }

    /// <summary>AD: the patron's PIN; null where none was sent, which is not the same as an empty one.</summary>
    public Secret? Pin { get; init; }

    /// <inheritdoc/>
    public override void Wipe()
    {
        TerminalPassword?.Dispose();
        Pin?.Dispose();
    }

    internal static PatronEnableRequest Read(ref MessageReader from) => new()
    {
        At = from.Time(),
        Institution = from.Text("AO"u8) ?? "",
        Patron = from.Text("AA"u8) ?? "",
        TerminalPassword = from.Secret("AC"u8),
        Pin = from.Secret("AD"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.Time(At).Text("AO"u8, Institution).Text("AA"u8, Patron)
        .Secret("AC"u8, TerminalPassword).Secret("AD"u8, Pin).Others(Extra);
}
