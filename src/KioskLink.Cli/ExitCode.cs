namespace KioskLink.Cli;

/// <summary>How a command ended, for scripts.</summary>
internal enum ExitCode
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>Refused, or failed, or done only in part.</summary>
    Refused = 1,

    /// <summary>The command line or a file named on it is wrong.</summary>
    Usage = 2,

    /// <summary>Nobody answers.</summary>
    Unreachable = 3,
}
