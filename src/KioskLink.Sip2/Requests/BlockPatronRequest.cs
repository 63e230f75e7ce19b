using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>01: a machine has kept a card or asks to block it. A request to staff; answered by 24.</summary>
public sealed record BlockPatronRequest : Request
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.BlockPatron;

    /// <summary>The machine has kept the card.</summary>
    public bool CardRetained { get; init; }

    /// <summary>When the machine sends it.</summary>
    public WireTime At { get; init; }

    /// <summary>AO: the branch or library.</summary>
    public string Institution { get; init; } = "";

    /// <summary>AL: what is said of the card.</summary>
    public string Reason { get; init; } = "";

    /// <summary>AA: the number of the patron's card.</summary>
    public string Patron { get; init; } = "";

    /// <summary>AC: the machine's password.</summary>
    public Secret? TerminalPassword { get; init; }

    /// <inheritdoc/>
    public override void Wipe()
    {
        TerminalPassword?.Dispose();
    }

    internal static BlockPatronRequest Read(ref MessageReader from) => new()
    {
        CardRetained = from.YesNo(),
        At = from.Time(),
        Institution = from.Text("AO"u8) ?? "",
        Reason = from.Text("AL"u8) ?? "",
        Patron = from.Text("AA"u8) ?? "",
        TerminalPassword = from.Secret("AC"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.YesNo(CardRetained).Time(At).Text("AO"u8, Institution)
        .Text("AL"u8, Reason).Text("AA"u8, Patron).RequiredSecret("AC"u8, TerminalPassword).Others(Extra);
}
