using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>98: what the library system can do now.</summary>
public sealed record AcsStatusResponse : SpokenResponse
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.AcsStatus;

    /// <summary>It is there.</summary>
    public bool OnLine { get; init; }

    /// <summary>Returns are taken.</summary>
    public bool CheckinOk { get; init; }

    /// <summary>Loans are made.</summary>
    public bool CheckoutOk { get; init; }

    /// <summary>Loans may be renewed at the machine.</summary>
    public bool RenewalPolicy { get; init; }

    /// <summary>Patrons may be blocked by machines.</summary>
    public bool StatusUpdateOk { get; init; }

    /// <summary>What happened while the machine was alone is taken.</summary>
    public bool OffLineOk { get; init; }

    /// <summary>How long the machine shall wait for an answer, in tenths of a second; 999 is unknown.</summary>
    public int? TimeoutTenths { get; init; }

    /// <summary>How often it shall try; 999 is unknown.</summary>
    public int? Retries { get; init; }

    /// <summary>The time, for the machine's clock.</summary>
    public WireTime Clock { get; init; }

    /// <summary>`2.00` or `1.00`.</summary>
    public string ProtocolVersion { get; init; } = "2.00";

    /// <summary>AO: the branch or library.</summary>
    public string Institution { get; init; } = "";

    /// <summary>AM: its name.</summary>
    public string? LibraryName { get; init; }

    /// <summary>BX: which requests are answered; null where it is not said.</summary>
    public SupportedMessages? Supported { get; init; }

    /// <summary>AN: where the machine stands.</summary>
    public string? TerminalLocation { get; init; }

    internal static AcsStatusResponse Read(ref MessageReader from) => new()
    {
        OnLine = from.YesNo(),
        CheckinOk = from.YesNo(),
        CheckoutOk = from.YesNo(),
        RenewalPolicy = from.YesNo(),
        StatusUpdateOk = from.YesNo(),
        OffLineOk = from.YesNo(),
        TimeoutTenths = from.Number(3),
        Retries = from.Number(3),
        Clock = from.Time(),
        ProtocolVersion = from.Word(4),
        Institution = from.Text("AO"u8) ?? "",
        LibraryName = from.Text("AM"u8),
        Supported = SupportedMessagesText.Read(from.Text("BX"u8)),
        TerminalLocation = from.Text("AN"u8),
        ScreenMessages = from.Texts("AF"u8),
        PrintLines = from.Texts("AG"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.YesNo(OnLine).YesNo(CheckinOk).YesNo(CheckoutOk)
        .YesNo(RenewalPolicy).YesNo(StatusUpdateOk).YesNo(OffLineOk).Number(TimeoutTenths, 3).Number(Retries, 3).Time(Clock)
        .Word(ProtocolVersion, 4).Text("AO"u8, Institution).Text("AM"u8, LibraryName)
        .Text("BX"u8, Supported is { } supported ? SupportedMessagesText.Write(supported) : null).Text("AN"u8, TerminalLocation)
        .Others(Extra).Texts("AF"u8, ScreenMessages).Texts("AG"u8, PrintLines);
}
