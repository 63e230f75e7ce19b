namespace KioskLink.Sip2.Circulation;

/// <summary>What became of a payment.</summary>
public sealed record FeeAnswer : Answer
{
    /// <summary>It was booked.</summary>
    public bool Done { get; init; }

    /// <summary>The number under which it was booked; null to repeat the machine's.</summary>
    public string? TransactionId { get; init; }

    /// <summary>Nothing was done, and why.</summary>
    public static FeeAnswer Refused(string text) => new() { ScreenMessages = [text] };
}
