namespace KioskLink.Sip2.Circulation;

/// <summary>What a patron typed.</summary>
/// <param name="Typed">The PIN, never empty; null where none came, or an empty one. Valid until the question is answered; wiped then.</param>
/// <param name="Proven">The same PIN was right for the same card on this connection a moment ago, so it need not be verified the slow way again.</param>
public readonly record struct PinClaim(Secret? Typed, bool Proven)
{
    /// <summary>Nothing was typed.</summary>
    public static PinClaim None => default;
}
