namespace KioskLink.Node.Hosting.Wiring;

/// <summary>Doors of which only one opens at a time.</summary>
internal sealed record InterlockConfig
{
    /// <summary>The doors, two at least.</summary>
    public IReadOnlyList<string> Doors { get; init; } = [];
}

/// <summary>A lobby: a grant at its outer door opens the inner one, too.</summary>
internal sealed record LobbyConfig
{
    /// <summary>The door to the outside.</summary>
    public string Outer { get; init; } = "";

    /// <summary>The door behind it.</summary>
    public string Inner { get; init; } = "";

    /// <summary>For how long a grant at the outer door carries to the inner one, 1 s to 10 min.</summary>
    public TimeSpan CarryFor { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>What the readers of an entrance are for.</summary>
internal enum Side
{
    /// <summary>To come in: a grant opens the door.</summary>
    In,

    /// <summary>To leave: notes who goes. It moves no lock.</summary>
    Out,

    /// <summary>For people who are inside already: decides as at the door and moves no lock.</summary>
    Inside,
}
