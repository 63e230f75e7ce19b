namespace KioskLink.Node.Hosting.Wiring;

/// <summary>When an output tells of a critical alarm.</summary>
internal enum AlarmOutputWhen
{
    /// <summary>While the register cannot hear of it.</summary>
    LineDown,

    /// <summary>As long as it stands.</summary>
    Always,
}

/// <summary>An output, such as of a lamp or a dialler, that is on while a critical alarm stands.</summary>
internal sealed record AlarmOutputConfig
{
    /// <summary>The device whose output it moves.</summary>
    public string Device { get; init; } = "";

    /// <summary>The output, from 0.</summary>
    public int Output { get; init; }

    /// <summary>The state in which the relay is while all is well and while the node does not run.</summary>
    public RelayState RestsWhen { get; init; }

    /// <summary>When it tells.</summary>
    public AlarmOutputWhen When { get; init; }
}
