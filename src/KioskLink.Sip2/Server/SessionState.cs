namespace KioskLink.Sip2.Server;

/// <summary>Everything a session remembers. Immutable; <see cref="SessionCore"/> makes the next one.</summary>
internal sealed record SessionState
{
    public required DeviceProfile Profile { get; init; }

    /// <summary>Under which name the machine is logged in; null before.</summary>
    public string? Login { get; init; }

    /// <summary>Logins refused in a row.</summary>
    public int RefusedLogins { get; init; }

    public StoredAnswer? Last { get; init; }

    public ProvenPin? Pin { get; init; }

    /// <summary>The language of the last patron; unknown after the patron has left.</summary>
    public Language Language { get; init; }
}
