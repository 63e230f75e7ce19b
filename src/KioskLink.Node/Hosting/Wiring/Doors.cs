namespace KioskLink.Node.Hosting.Wiring;

/// <summary>A door: what moves its lock and what tells of it.</summary>
internal sealed record DoorConfig
{
    /// <summary>The door's id, the register's too.</summary>
    public string Id { get; init; } = "";

    /// <summary>Locks, openers, and lines that tell the door's operator its mode.</summary>
    public IReadOnlyList<OutputConfig> Outputs { get; init; } = [];

    /// <summary>Contacts and buttons.</summary>
    public IReadOnlyList<InputConfig> Inputs { get; init; } = [];

    /// <summary>The mode of the door's operator in each state of the branch, where it has mode lines.</summary>
    public OperatorConfig Operator { get; init; } = new();

    /// <summary>How long the door may stand open after its unlock time before it counts as held open.</summary>
    public TimeSpan HeldOpenAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The signed sheet of the check that leaving and locking need no software; unset until it was made.</summary>
    public CommissioningConfig? Commissioned { get; init; }

    /// <summary>After how long open on a grant it is suspected that somebody came in behind another; unset does not look at it.</summary>
    public TimeSpan? TailgateAfter { get; init; }
}

/// <summary>An input of a door.</summary>
internal sealed record InputConfig
{
    /// <summary>The role of the contact that tells whether the door is open.</summary>
    public const string ContactRole = "contact";

    /// <summary>The role of an exit button or of the inside handle's switch.</summary>
    public const string ExitRole = "exit";

    /// <summary>The role of a break-glass.</summary>
    public const string GlassRole = "breakGlass";

    /// <summary>The role of a counter that sees people come in.</summary>
    public const string CounterInRole = "counterIn";

    /// <summary>The role of a counter that sees people go out.</summary>
    public const string CounterOutRole = "counterOut";

    /// <summary>Every role.</summary>
    public static readonly IReadOnlyList<string> Roles = [ContactRole, ExitRole, GlassRole, "fire", CounterInRole, CounterOutRole];

    /// <summary>One of <see cref="Roles"/>.</summary>
    public string Role { get; init; } = ContactRole;

    /// <summary>The device.</summary>
    public string Device { get; init; } = "";

    /// <summary>Its input, from 0.</summary>
    public int Input { get; init; }

    /// <summary>For a contact: whether the input is active while the door is open or while it is closed.</summary>
    public string ActiveWhen { get; init; } = "open";
}
