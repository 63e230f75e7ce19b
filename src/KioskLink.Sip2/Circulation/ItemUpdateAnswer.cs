namespace KioskLink.Sip2.Circulation;

/// <summary>What became of an item's properties.</summary>
public sealed record ItemUpdateAnswer : Answer
{
    /// <summary>They were kept.</summary>
    public bool Done { get; init; }

    /// <summary>The title.</summary>
    public string? Title { get; init; }

    /// <summary>As they are now.</summary>
    public string? Properties { get; init; }

    /// <summary>Nothing was done, and why.</summary>
    public static ItemUpdateAnswer Refused(string text) => new() { ScreenMessages = [text] };
}
