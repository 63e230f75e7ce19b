using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>36: the end of a patron's session was heard.</summary>
public sealed record EndSessionResponse : SpokenResponse
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.EndSessionResponse;

    /// <summary>It has ended.</summary>
    public bool Ended { get; init; }

    /// <summary>When it is answered.</summary>
    public WireTime At { get; init; }

    /// <summary>AO: the branch or library.</summary>
    public string Institution { get; init; } = "";

    /// <summary>AA: the number of the patron's card.</summary>
    public string Patron { get; init; } = "";

    internal static EndSessionResponse Read(ref MessageReader from) => new()
    {
        Ended = from.YesNo(),
        At = from.Time(),
        Institution = from.Text("AO"u8) ?? "",
        Patron = from.Text("AA"u8) ?? "",
        ScreenMessages = from.Texts("AF"u8),
        PrintLines = from.Texts("AG"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.YesNo(Ended).Time(At).Text("AO"u8, Institution)
        .Text("AA"u8, Patron).Others(Extra).Texts("AF"u8, ScreenMessages).Texts("AG"u8, PrintLines);
}
