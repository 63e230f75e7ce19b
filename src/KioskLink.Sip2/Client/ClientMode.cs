namespace KioskLink.Sip2.Client;

/// <summary>How a client keeps its connection.</summary>
public enum ClientMode
{
    /// <summary>One connection, kept alive with 99.</summary>
    Persistent = 0,

    /// <summary>A connection for each request, for library systems that tie a process to each.</summary>
    ShortLived,
}
