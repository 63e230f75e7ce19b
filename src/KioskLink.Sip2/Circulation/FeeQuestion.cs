namespace KioskLink.Sip2.Circulation;

/// <summary>A fee was paid at a machine.</summary>
public sealed record FeeQuestion : Question
{
    /// <summary>The card's number, without blanks around it; as a machine wrote it, so anything may stand in it. Never to be logged.</summary>
    public string Card { get; init; } = "";

    /// <summary>What was typed.</summary>
    public PinClaim Pin { get; init; } = PinClaim.None;

    /// <summary>How much; never negative.</summary>
    public decimal Amount { get; init; }

    /// <summary>The currency (ISO 4217).</summary>
    public string Currency { get; init; } = "EUR";

    /// <summary>What it is for.</summary>
    public FeeType FeeType { get; init; } = FeeType.Other;

    /// <summary>How it was paid.</summary>
    public PaymentType PaymentType { get; init; }

    /// <summary>Which fee.</summary>
    public string? FeeId { get; init; }

    /// <summary>The machine's number of the payment: the same number is the same payment.</summary>
    public string? TransactionId { get; init; }
}
