using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>38: whether a payment was booked.</summary>
public sealed record FeePaidResponse : SpokenResponse
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.FeePaidResponse;

    /// <summary>It was booked.</summary>
    public bool Accepted { get; init; }

    /// <summary>When it is answered.</summary>
    public WireTime At { get; init; }

    /// <summary>AO: the branch or library.</summary>
    public string Institution { get; init; } = "";

    /// <summary>AA: the number of the patron's card.</summary>
    public string Patron { get; init; } = "";

    /// <summary>BK: the number of the payment or loan.</summary>
    public string? TransactionId { get; init; }

    internal static FeePaidResponse Read(ref MessageReader from)
    {
        // One library system writes the time in front.
        var early = from.IsAtDigit ? from.Time() : (WireTime?)null;
        return new()
        {
            Accepted = from.YesNo(),
            At = early ?? from.Time(),
            Institution = from.Text("AO"u8) ?? "",
            Patron = from.Text("AA"u8) ?? "",
            TransactionId = from.Text("BK"u8),
            ScreenMessages = from.Texts("AF"u8),
            PrintLines = from.Texts("AG"u8),
            Extra = from.Others(),
        };
    }

    internal override void WriteBody(MessageWriter to) => to.YesNo(Accepted).Time(At).Text("AO"u8, Institution)
        .Text("AA"u8, Patron).Text("BK"u8, TransactionId).Others(Extra).Texts("AF"u8, ScreenMessages).Texts("AG"u8, PrintLines);
}
