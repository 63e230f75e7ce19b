using NodaTime;

namespace KioskLink.Rules.Doors;

/// <summary>What a lock is and how it is driven. Immutable.</summary>
/// <param name="Type">What it does without power.</param>
/// <param name="LockedWhen">The state of its output while it is locked.</param>
/// <param name="ContinuousDuty">Whether it may be powered without end.</param>
/// <param name="Pulse">Whose timer ends an unlock.</param>
/// <param name="Relock">What ends an unlock before its time.</param>
/// <param name="MaxUnlock">The longest unlock of a grant.</param>
public sealed record LockDeclaration(
    LockType Type, OutputState LockedWhen, bool ContinuousDuty, UnlockPulse Pulse, RelockMode Relock, Duration MaxUnlock)
{
    /// <summary>A fail-secure strike on a board that times its outputs, at most 30 s.</summary>
    public static LockDeclaration FailSecure { get; } =
        new(LockType.FailSecure, OutputState.Off, ContinuousDuty: true, UnlockPulse.Board, RelockMode.Timer, Duration.FromSeconds(30));

    /// <summary>Whether it may stay unlocked for hours without harm to its coil.</summary>
    public bool CanStayUnlocked => Type == LockType.Motor || LockedWhen == OutputState.On || ContinuousDuty;
}

/// <summary>What a lock does without power.</summary>
public enum LockType
{
    /// <summary>It is locked; the inside handle still opens.</summary>
    FailSecure,

    /// <summary>It is unlocked.</summary>
    FailSafe,

    /// <summary>It stays as it is.</summary>
    Motor,
}

/// <summary>The state of an output.</summary>
public enum OutputState
{
    /// <summary>Not energised.</summary>
    Off,

    /// <summary>Energised.</summary>
    On,
}

/// <summary>Whose timer ends an unlock.</summary>
public enum UnlockPulse
{
    /// <summary>The board's own: the lock falls back even if everything above it dies.</summary>
    Board,

    /// <summary>The node's: it sends the lock command itself.</summary>
    Host,
}

/// <summary>What ends an unlock before its time.</summary>
public enum RelockMode
{
    /// <summary>Nothing.</summary>
    Timer,

    /// <summary>The door opens.</summary>
    OnOpen,

    /// <summary>The door has been opened and closes.</summary>
    OnClose,
}
