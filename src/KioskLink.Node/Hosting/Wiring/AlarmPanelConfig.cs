namespace KioskLink.Node.Hosting.Wiring;

/// <summary>The burglar alarm: contacts on which it tells how it is, and outputs that arm and disarm it.</summary>
internal sealed record AlarmPanelConfig
{
    /// <summary>Active while it is armed.</summary>
    public ContactConfig? Armed { get; init; }

    /// <summary>Active while it gives an alarm.</summary>
    public ContactConfig? Alarm { get; init; }

    /// <summary>Active while it has a fault.</summary>
    public ContactConfig? Fault { get; init; }

    /// <summary>The output that arms it; unset where somebody else arms it.</summary>
    public PulsedConfig? Arm { get; init; }

    /// <summary>The output that disarms it.</summary>
    public PulsedConfig? Disarm { get; init; }

    /// <summary>How long after closing it is armed, up to 12 h.</summary>
    public TimeSpan ArmAfter { get; init; } = TimeSpan.FromMinutes(15);
}

/// <summary>An input that belongs to no door.</summary>
internal sealed record ContactConfig
{
    /// <summary>The device.</summary>
    public string Device { get; init; } = "";

    /// <summary>Its input, from 0.</summary>
    public int Input { get; init; }
}

/// <summary>An output that is pulsed.</summary>
internal sealed record PulsedConfig
{
    /// <summary>The device.</summary>
    public string Device { get; init; } = "";

    /// <summary>Its output, from 0.</summary>
    public int Output { get; init; }

    /// <summary>For how long, 100 ms to 10 s.</summary>
    public TimeSpan Pulse { get; init; } = TimeSpan.FromSeconds(2);
}
