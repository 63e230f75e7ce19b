using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2.Server;

/// <summary>What holds for every session of a listener.</summary>
public sealed record SessionRules
{
    /// <summary>How machines are spoken to before they log in, and where they need not.</summary>
    public DeviceProfile Profile { get; init; } = new();

    /// <summary>Nothing but <see cref="BeforeLogin"/> is answered before a login.</summary>
    public bool LoginRequired { get; init; } = true;

    /// <summary>What may be done before a login.</summary>
    public BeforeLoginRule BeforeLogin { get; init; }

    /// <summary>So many refused logins in a row close the connection. Guesses over many connections are counted by whoever answers.</summary>
    public int RefusedLoginsMax { get; init; } = 5;

    /// <summary>The sizes that are taken.</summary>
    public WireLimits Wire { get; init; } = new();

    /// <summary>What is wrong with the rules; null when nothing is.</summary>
    public string? Problem => Profile.Problem ?? Wire.Problem ?? (RefusedLoginsMax < 1 ? "one login at least must be allowed to fail" : null);
}
