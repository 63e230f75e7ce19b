using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>63: a patron's status, counts and one list.</summary>
public sealed record PatronInformationRequest : Request
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.PatronInformation;

    /// <summary>The language to speak.</summary>
    public Language Language { get; init; }

    /// <summary>When the machine sends it.</summary>
    public WireTime At { get; init; }

    /// <summary>The list that is asked for.</summary>
    public PatronList Summary { get; init; }

    /// <summary>AO: the branch or library.</summary>
    public string Institution { get; init; } = "";

    /// <summary>AA: the number of the patron's card.</summary>
    public string Patron { get; init; } = "";

    /// <summary>AC: the machine's password.</summary>
    public Secret? TerminalPassword { get; init; }

    /// <summary>AD: the patron's PIN; null where none was sent, which is not the same as an empty one.</summary>
    public Secret? Pin { get; init; }

    /// <summary>BP: the first of the list, counted from 1.</summary>
    public int? StartItem { get; init; }

    /// <summary>BQ: the last of the list.</summary>
    public int? EndItem { get; init; }

    /// <inheritdoc/>
    public override void Wipe()
    {
        TerminalPassword?.Dispose();
        Pin?.Dispose();
    }

    internal static PatronInformationRequest Read(ref MessageReader from) => new()
    {
        Language = from.Language(),
        At = from.Time(),
        Summary = from.List(),
        Institution = from.Text("AO"u8) ?? "",
        Patron = from.Text("AA"u8) ?? "",
        TerminalPassword = from.Secret("AC"u8),
        Pin = from.Secret("AD"u8),
        StartItem = from.Integer("BP"u8),
        EndItem = from.Integer("BQ"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.Number((int)Language, 3).Time(At).List(Summary)
        .Text("AO"u8, Institution).Text("AA"u8, Patron).Secret("AC"u8, TerminalPassword).Secret("AD"u8, Pin)
        .Integer("BP"u8, StartItem).Integer("BQ"u8, EndItem).Others(Extra);
}
