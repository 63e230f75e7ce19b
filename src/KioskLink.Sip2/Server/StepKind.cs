namespace KioskLink.Sip2.Server;

/// <summary>What follows from a message.</summary>
internal enum StepKind
{
    /// <summary>Nothing is answered.</summary>
    Silence = 0,

    /// <summary>Bytes are sent.</summary>
    Send,

    /// <summary>Somebody else must answer first.</summary>
    Ask,

    /// <summary>The connection is closed.</summary>
    Close,
}
