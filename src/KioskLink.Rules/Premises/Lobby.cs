using NodaTime;

namespace KioskLink.Rules.Premises;

/// <summary>A grant that was given at the outer door of a lobby.</summary>
/// <param name="AttemptId">The attempt.</param>
/// <param name="UnlockFor">For how long it unlocked the outer door, and will the inner one.</param>
/// <param name="Until">Until when it carries to the inner door.</param>
public sealed record CarriedGrant(string AttemptId, Duration UnlockFor, Instant Until);

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
    public (Lobby Next, CarriedGrant? Opens) Granted(string attemptId, Duration unlockFor, Instant now)
    {
        var grant = new CarriedGrant(attemptId, unlockFor, now + CarryFor);
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

    private (Lobby Next, CarriedGrant? Opens) Take(Instant now) =>
        (this with { Carried = null }, Carried is { } grant && now <= grant.Until ? grant : null);
}
