using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>37: a fee was paid.</summary>
public sealed record FeePaidRequest : Request
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.FeePaid;

    /// <summary>When the machine sends it.</summary>
    public WireTime At { get; init; }

    /// <summary>What it is for.</summary>
    public FeeType FeeType { get; init; } = FeeType.Other;

    /// <summary>How it was paid.</summary>
    public PaymentType PaymentType { get; init; }

    /// <summary>The currency (ISO 4217).</summary>
    public string Currency { get; init; } = "EUR";

    /// <summary>BV: how much; null where it is missing or unreadable, and nothing may be booked then.</summary>
    public decimal? Amount { get; init; }

    /// <summary>AO: the branch or library.</summary>
    public string Institution { get; init; } = "";

    /// <summary>AA: the number of the patron's card.</summary>
    public string Patron { get; init; } = "";

    /// <summary>AC: the machine's password.</summary>
    public Secret? TerminalPassword { get; init; }

    /// <summary>AD: the patron's PIN; null where none was sent, which is not the same as an empty one.</summary>
    public Secret? Pin { get; init; }

    /// <summary>CG: which fee.</summary>
    public string? FeeId { get; init; }

    /// <summary>BK: the number of the payment or loan.</summary>
    public string? TransactionId { get; init; }

    /// <inheritdoc/>
    public override void Wipe()
    {
        TerminalPassword?.Dispose();
        Pin?.Dispose();
    }

    internal static FeePaidRequest Read(ref MessageReader from) => new()
    {
        At = from.Time(),
        FeeType = (FeeType?)from.Number(2) ?? FeeType.Other,
        PaymentType = (PaymentType?)from.Number(2) ?? PaymentType.Cash,
        Currency = from.Word(3),
        Amount = from.Amount("BV"u8),
        Institution = from.Text("AO"u8) ?? "",
        Patron = from.Text("AA"u8) ?? "",
        TerminalPassword = from.Secret("AC"u8),
        Pin = from.Secret("AD"u8),
        FeeId = from.Text("CG"u8),
        TransactionId = from.Text("BK"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.Time(At).Number((int)FeeType, 2).Number((int)PaymentType, 2)
        .Word(Currency, 3).Amount("BV"u8, Amount ?? 0).Text("AO"u8, Institution).Text("AA"u8, Patron)
        .Secret("AC"u8, TerminalPassword).Secret("AD"u8, Pin).Text("CG"u8, FeeId).Text("BK"u8, TransactionId).Others(Extra);
}
