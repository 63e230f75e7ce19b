using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>65: all loans of a patron are renewed.</summary>
public sealed record RenewAllRequest : Request
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.RenewAll;

    /// <summary>When the machine sends it.</summary>
    public WireTime At { get; init; }

    /// <summary>AO: the branch or library.</summary>
    public string Institution { get; init; } = "";

    /// <summary>AA: the number of the patron's card.</summary>
    public string Patron { get; init; } = "";

    /// <summary>AD: the patron's PIN; null where none was sent, which is not the same as an empty one.</summary>
    public Secret? Pin { get; init; }

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

    internal static RenewAllRequest Read(ref MessageReader from) => new()
    {
        At = from.Time(),
        Institution = from.Text("AO"u8) ?? "",
        Patron = from.Text("AA"u8) ?? "",
        Pin = from.Secret("AD"u8),
        TerminalPassword = from.Secret("AC"u8),
        FeeAcknowledged = from.Flag("BO"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.Time(At).Text("AO"u8, Institution).Text("AA"u8, Patron)
        .Secret("AD"u8, Pin).Secret("AC"u8, TerminalPassword).Flag("BO"u8, FeeAcknowledged).Others(Extra);
}
