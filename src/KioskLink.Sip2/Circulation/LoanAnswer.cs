namespace KioskLink.Sip2.Circulation;

/// <summary>What became of a loan or a renewal.</summary>
public sealed record LoanAnswer : Answer
{
    /// <summary>It was made or renewed.</summary>
    public bool Done { get; init; }

    /// <summary>The patron had it already, and it was renewed.</summary>
    public bool Renewed { get; init; }

    /// <summary>The title.</summary>
    public string Title { get; init; } = "";

    /// <summary>When it is due.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>The machine shall turn the security off.</summary>
    public bool Desensitize { get; init; }

    /// <summary>The item must not come near a magnet.</summary>
    public Answered Magnetic { get; init; } = Answered.Unknown;

    /// <summary>What is to be paid; where nothing was done for it, the machine asks the patron and comes again.</summary>
    public decimal? FeeAmount { get; init; }

    /// <summary>Of the fee (ISO 4217).</summary>
    public string? Currency { get; init; }

    /// <summary>What the fee is for.</summary>
    public FeeType? FeeType { get; init; }

    /// <summary>What the item is.</summary>
    public MediaType? Media { get; init; }

    /// <summary>Properties of the item.</summary>
    public string? ItemProperties { get; init; }

    /// <summary>The number of the loan.</summary>
    public string? TransactionId { get; init; }

    /// <summary>Nothing was done, and why.</summary>
    public static LoanAnswer Refused(string text) => new() { ScreenMessages = [text] };
}
