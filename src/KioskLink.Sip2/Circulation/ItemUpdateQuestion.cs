namespace KioskLink.Sip2.Circulation;

/// <summary>Properties of an item.</summary>
public sealed record ItemUpdateQuestion : Question
{
    /// <summary>The item's barcode, without blanks around it.</summary>
    public string Item { get; init; } = "";

    /// <summary>In the vendor's own words.</summary>
    public string Properties { get; init; } = "";
}
