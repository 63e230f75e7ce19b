using KioskLink.Rules.Doors;

namespace KioskLink.Node.Hosting.Wiring;

/// <summary>An output of a door.</summary>
internal sealed record OutputConfig
{
    /// <summary>The role of an output that moves a lock.</summary>
    public const string LockRole = "lock";

    /// <summary>The role of an output that has a motor push the leaf open.</summary>
    public const string OpenerRole = "opener";

    /// <summary>The role of an output that tells the door's operator a mode.</summary>
    public const string ModeRole = "mode";

    /// <summary>`lock`, `opener` or `mode`; another role stops the node, since nothing would move it.</summary>
    public string Role { get; init; } = LockRole;

    /// <summary>The device.</summary>
    public string Device { get; init; } = "";

    /// <summary>Its output, from 0.</summary>
    public int Output { get; init; }

    /// <summary>The kind of lock.</summary>
    public LockType Type { get; init; }

    /// <summary>Whether the relay is off or on when the door is locked.</summary>
    public RelayState LockedWhen { get; init; }

    /// <summary>Whether the coil may be powered for hours.</summary>
    public bool ContinuousDuty { get; init; }

    /// <summary>Whose timer ends the unlock.</summary>
    public PulseTimer Pulse { get; init; }

    /// <summary>
    /// With `pulse` host: after how long the timer relay in series cuts the unlock when the node does not. Without one a lock would stay open if the node
    /// died in the middle of it, so such a lock stops the node.
    /// </summary>
    public TimeSpan? TimerRelay { get; init; }

    /// <summary>Longest unlock, whatever the register says.</summary>
    public TimeSpan MaxUnlock { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For an opener: how long after the unlock it pushes, up to 10 s; the bolt must have gone back by then.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>For an opener: how long its pulse is, 100 ms to 10 s. It pushes only while the lock is open, and less where the lock closes sooner.</summary>
    public TimeSpan PulseFor { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>For an opener: whether it pushes for those who leave by the exit button, too; only where the button's own wiring opens the lock.</summary>
    public bool OnExit { get; init; }

    /// <summary>For a mode line: the mode that it tells. Without any line the operator must be in exit only.</summary>
    public OperatorMode? Mode { get; init; }

    /// <summary>When the lock locks again.</summary>
    public Relock Relock { get; init; }

    /// <summary>Why a lock may hang on a device in reach of anyone; without it such a lock stops the node.</summary>
    public string? AcceptOutsideRelay { get; init; }
}

/// <summary>The kind of a lock.</summary>
internal enum LockType
{
    /// <summary>Locked without power.</summary>
    FailSecure,

    /// <summary>Open without power.</summary>
    FailSafe,

    /// <summary>Stays as it is without power.</summary>
    Motor,
}

/// <summary>The state of a relay.</summary>
internal enum RelayState
{
    /// <summary>Off.</summary>
    Off,

    /// <summary>On.</summary>
    On,
}

/// <summary>Whose timer ends an unlock.</summary>
internal enum PulseTimer
{
    /// <summary>The board's own.</summary>
    Board,

    /// <summary>The node's.</summary>
    Host,
}

/// <summary>When a lock locks again.</summary>
internal enum Relock
{
    /// <summary>When the time is over.</summary>
    Timer,

    /// <summary>When the door opens.</summary>
    OnOpen,

    /// <summary>When the door closes.</summary>
    OnClose,
}
