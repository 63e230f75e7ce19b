namespace KioskLink.Sip2.Circulation;

/// <summary>A machine logs in.</summary>
public sealed record LoginQuestion
{
    /// <summary>Who.</summary>
    public string UserId { get; init; } = "";

    /// <summary>The password; never empty, wiped when the question is answered.</summary>
    public required Secret Password { get; init; }

    /// <summary>Where the machine says it stands.</summary>
    public string? Location { get; init; }

    /// <summary>The address it is connected from.</summary>
    public string Source { get; init; } = "";
}
