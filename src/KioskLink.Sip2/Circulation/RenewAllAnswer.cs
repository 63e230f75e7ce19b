namespace KioskLink.Sip2.Circulation;

/// <summary>What became of all loans.</summary>
public sealed record RenewAllAnswer : Answer
{
    /// <summary>They were tried.</summary>
    public bool Done { get; init; }

    /// <summary>Barcodes of those that were renewed.</summary>
    public IReadOnlyList<string> Renewed { get; init; } = [];

    /// <summary>Barcodes of those that were not.</summary>
    public IReadOnlyList<string> Unrenewed { get; init; } = [];

    /// <summary>Nothing was done, and why.</summary>
    public static RenewAllAnswer Refused(string text) => new() { ScreenMessages = [text] };
}
