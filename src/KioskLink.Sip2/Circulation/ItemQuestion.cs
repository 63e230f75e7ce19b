namespace KioskLink.Sip2.Circulation;

/// <summary>What is known of an item.</summary>
public sealed record ItemQuestion : Question
{
    /// <summary>The item's barcode, without blanks around it.</summary>
    public string Item { get; init; } = "";
}
