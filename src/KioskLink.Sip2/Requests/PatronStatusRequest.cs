using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>23: whether a patron may borrow.</summary>
public sealed record PatronStatusRequest : Request
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.PatronStatus;

    /// <summary>The language to speak.</summary>
    public Language Language { get; init; }

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

    internal static PatronStatusRequest Read(ref MessageReader from) => new()
    {
        Language = from.Language(),
        At = from.Time(),
        Institution = from.Text("AO"u8) ?? "",
        Patron = from.Text("AA"u8) ?? "",
        TerminalPassword = from.Secret("AC"u8),
        Pin = from.Secret("AD"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.Number((int)Language, 3).Time(At).Text("AO"u8, Institution)
        .Text("AA"u8, Patron).RequiredSecret("AC"u8, TerminalPassword).RequiredSecret("AD"u8, Pin).Others(Extra);
}
