using NodaTime;

namespace KioskLink.Rules.Premises;

/// <summary>A grant that was given at the outer door of a lobby.</summary>
/// <param name="AttemptId">The attempt.</param>
/// <param name="UnlockFor">For how long it unlocked the outer door, and will the inner one.</param>
/// <param name="Until">Until when it carries to the inner door.</param>
/// <param name="Patience">How many times as long both doors may stand open.</param>
public sealed record CarriedGrant(string AttemptId, Duration UnlockFor, Instant Until, double Patience = 1);

/// <summary>
/// A lobby: what was granted at its outer door carries to the inner one for a while, once. The inner door opens when the outer one has been
/// opened, or, where both are interlocked, when it has been closed again. Immutable.
/// </summary>
/// <param name="CarryFor">For how long a grant carries.</param>
/// <param name="HasContact">Whether a contact tells of the outer door; without one the inner door opens with it.</param>
/// <param name="WaitsForClosing">Whether the outer door must be closed first.</param>
public sealed record Lobby(Duration CarryFor, bool HasContact, bool WaitsForClosing)
{
    private CarriedGrant? Carried { get; init; }

    private bool IsOpen { get; init; }

    /// <summary>The outer door was unlocked for somebody.</summary>
    /// <returns>The next state, and the grant with which the inner door is to open now.</returns>
    public (Lobby Next, CarriedGrant? Opens) Granted(string attemptId, Duration unlockFor, Instant now, double patience = 1)
    {
        var grant = new CarriedGrant(attemptId, unlockFor, now + CarryFor, patience);
        return !HasContact || (IsOpen && !WaitsForClosing) ? (this, grant) : (this with { Carried = grant }, null);
    }

    /// <summary>The outer door was opened.</summary>
    public (Lobby Next, CarriedGrant? Opens) Opened(Instant now)
    {
        var next = this with { IsOpen = true };
        return WaitsForClosing ? (next, null) : next.Take(now);
    }

    /// <summary>The outer door was closed.</summary>
    public (Lobby Next, CarriedGrant? Opens) Closed(Instant now)
    {
        var next = this with { IsOpen = false };
        return WaitsForClosing && IsOpen ? next.Take(now) : (next, null);
    }

    /// <summary>The outer door's contact tells nothing any more: the inner door opens with the outer one.</summary>
    public (Lobby Next, CarriedGrant? Opens) Lost(Instant now) => (this with { HasContact = false, IsOpen = false }).Take(now);

    /// <summary>The outer door's contact tells again.</summary>
    public Lobby Found() => this with { HasContact = true };

    private (Lobby Next, CarriedGrant? Opens) Take(Instant now) =>
        (this with { Carried = null }, Carried is { } grant && now <= grant.Until ? grant : null);
}
