using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>26: how a card is after it was asked to be good.</summary>
public sealed record PatronEnableResponse : SpokenResponse
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.PatronEnableResponse;

    /// <summary>What is in the patron's way.</summary>
    public PatronFlags Status { get; init; }

    /// <summary>The language it speaks.</summary>
    public Language Language { get; init; }

    /// <summary>When it is answered.</summary>
    public WireTime At { get; init; }

    /// <summary>AO: the branch or library.</summary>
    public string Institution { get; init; } = "";

    /// <summary>AA: the number of the patron's card.</summary>
    public string Patron { get; init; } = "";

    /// <summary>AE: the patron's name; empty where the patron is unknown or the machine may not see it.</summary>
    public string Name { get; init; } = "";

    /// <summary>BL: the card is somebody's and good; null where it is not said.</summary>
    public bool? ValidPatron { get; init; }

    /// <summary>CQ: the PIN is right; null where it is not said, which never means yes.</summary>
    public bool? ValidPin { get; init; }

    internal static PatronEnableResponse Read(ref MessageReader from) => new()
    {
        Status = from.Flags(),
        Language = from.Language(),
        At = from.Time(),
        Institution = from.Text("AO"u8) ?? "",
        Patron = from.Text("AA"u8) ?? "",
        Name = from.Text("AE"u8) ?? "",
        ValidPatron = from.Flag("BL"u8),
        ValidPin = from.Flag("CQ"u8),
        ScreenMessages = from.Texts("AF"u8),
        PrintLines = from.Texts("AG"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.Flags(Status).Number((int)Language, 3).Time(At)
        .Text("AO"u8, Institution).Text("AA"u8, Patron).Text("AE"u8, Name).Flag("BL"u8, ValidPatron).Flag("CQ"u8, ValidPin)
        .Others(Extra).Texts("AF"u8, ScreenMessages).Texts("AG"u8, PrintLines);
}
