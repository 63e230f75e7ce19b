namespace KioskLink.Sip2.Circulation;

/// <summary>What became of a return.</summary>
public sealed record ReturnAnswer : Answer
{
    /// <summary>It was taken.</summary>
    public bool Done { get; init; }

    /// <summary>The title.</summary>
    public string? Title { get; init; }

    /// <summary>Where the item belongs.</summary>
    public string PermanentLocation { get; init; } = "";

    /// <summary>The machine shall turn the security on.</summary>
    public bool Resensitize { get; init; }

    /// <summary>The item must not come near a magnet.</summary>
    public Answered Magnetic { get; init; } = Answered.Unknown;

    /// <summary>Why the item needs a hand; null where it does not.</summary>
    public AlertType? Alert { get; init; }

    /// <summary>Where it shall be sent.</summary>
    public string? Destination { get; init; }

    /// <summary>Into which bin it goes.</summary>
    public string? SortBin { get; init; }

    /// <summary>Where it stands on the shelf.</summary>
    public string? CallNumber { get; init; }

    /// <summary>The collection it belongs to.</summary>
    public string? Collection { get; init; }

    /// <summary>Whose loan it was, where a machine may know it.</summary>
    public string? Card { get; init; }

    /// <summary>What the item is.</summary>
    public MediaType? Media { get; init; }

    /// <summary>Properties of the item.</summary>
    public string? ItemProperties { get; init; }

    /// <summary>Nothing was done, and why.</summary>
    public static ReturnAnswer Refused(string text) => new() { ScreenMessages = [text] };
}
