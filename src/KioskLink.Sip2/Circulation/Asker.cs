namespace KioskLink.Sip2.Circulation;

/// <summary>The machine that asks.</summary>
public sealed record Asker
{
    /// <summary>Under which name it is logged in; null where its listener needs no login.</summary>
    public string? Login { get; init; }

    /// <summary>The branch it asks for: what the request says, or the branch of its profile.</summary>
    public string Institution { get; init; } = "";

    /// <summary>What it is.</summary>
    public DeviceRole Role { get; init; }

    /// <summary>The language of texts: that of the request, or of the patron before, or of its profile.</summary>
    public Language Language { get; init; }

    /// <summary>The address it is connected from.</summary>
    public string Source { get; init; } = "";
}
