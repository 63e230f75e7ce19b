namespace KioskLink.Node.Hosting.Wiring;

/// <summary>A door: what moves its lock and what tells of it.</summary>
internal sealed record DoorConfig
{
    /// <summary>The door's id, the register's too.</summary>
    public string Id { get; init; } = "";

    /// <summary>Locks.</summary>
    public IReadOnlyList<OutputConfig> Outputs { get; init; } = [];

    /// <summary>Contacts and buttons.</summary>
    public IReadOnlyList<InputConfig> Inputs { get; init; } = [];

    /// <summary>How long the door may stand open after its unlock time before it counts as held open.</summary>
    public TimeSpan HeldOpenAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The signed sheet of the check that leaving and locking need no software; unset until it was made.</summary>
    public CommissioningConfig? Commissioned { get; init; }

    /// <summary>After how long open on a grant it is suspected that somebody came in behind another; unset does not look at it.</summary>
    public TimeSpan? TailgateAfter { get; init; }
}

/// <summary>An output of a door.</summary>
internal sealed record OutputConfig
{
    /// <summary>`lock`; another role stops the node, since nothing would move it.</summary>
    public string Role { get; init; } = "lock";

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

/// <summary>An input of a door.</summary>
internal sealed record InputConfig
{
    /// <summary>The role of the contact that tells whether the door is open.</summary>
    public const string ContactRole = "contact";

    /// <summary>The role of a counter that sees people come in.</summary>
    public const string CounterInRole = "counterIn";

    /// <summary>The role of a counter that sees people go out.</summary>
    public const string CounterOutRole = "counterOut";

    /// <summary>Every role.</summary>
    public static readonly IReadOnlyList<string> Roles = [ContactRole, "exit", "breakGlass", "fire", CounterInRole, CounterOutRole];

    /// <summary>One of <see cref="Roles"/>.</summary>
    public string Role { get; init; } = ContactRole;

    /// <summary>The device.</summary>
    public string Device { get; init; } = "";

    /// <summary>Its input, from 0.</summary>
    public int Input { get; init; }

    /// <summary>For a contact: whether the input is active while the door is open or while it is closed.</summary>
    public string ActiveWhen { get; init; } = "open";
}
