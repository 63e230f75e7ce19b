namespace KioskLink.Sip2.Wire;

/// <summary>What is wrong with a line of bytes that should be a message.</summary>
internal enum FrameProblem
{
    /// <summary>Nothing: it has a command.</summary>
    None,

    /// <summary>Nothing stands in it: the second half of CR LF.</summary>
    Empty,

    /// <summary>It does not begin with two digits.</summary>
    NoCommand,

    /// <summary>More fields than <see cref="WireLimits.Fields"/>.</summary>
    TooManyFields,

    /// <summary>A field longer than <see cref="WireLimits.FieldBytes"/>.</summary>
    FieldTooLong,

    /// <summary>Longer than <see cref="WireLimits.MessageBytes"/>.</summary>
    TooLong,
}
