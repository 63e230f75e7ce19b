using NodaTime;

namespace KioskLink.Register.Alarms;

/// <summary>What bounds how soon, how often and how much is told of alarms.</summary>
internal static class AlarmLimits
{
    /// <summary>How long a fault of a connection must stand before it is told, and how long a consequence waits for its root.</summary>
    public static readonly Duration Settle = Duration.FromSeconds(20);

    /// <summary>How long a fault must be gone before it is told to be over.</summary>
    public static readonly Duration ClearSettle = Duration.FromSeconds(20);

    /// <summary>A fault that returns within this time is the same fault.</summary>
    public static readonly Duration FlapWindow = Duration.FromMinutes(10);

    /// <summary>How often a fault comes before it is said to come and go.</summary>
    public const int FlapRaises = 3;

    /// <summary>How long a fault that comes and goes must be gone before it is told to be over.</summary>
    public static readonly Duration FlapQuiet = Duration.FromMinutes(10);

    /// <summary>The window in which messages about new faults of one place are counted.</summary>
    public static readonly Duration MessagesWindow = Duration.FromMinutes(10);

    /// <summary>Messages about new faults of one place within a window; the next says that there are many, and no more follow.</summary>
    public const int MessagesMax = 6;

    /// <summary>Faults of one place that are remembered at once; what comes beyond is in the log of the register only.</summary>
    public const int FaultsMax = 256;

    /// <summary>How long something that happened stands when nobody acknowledges it.</summary>
    public static readonly Duration HappeningKept = Duration.FromDays(7);

    /// <summary>An alarm that the register hears of so long after it was raised is late.</summary>
    public static readonly Duration LateAfter = Duration.FromSeconds(60);

    /// <summary>How long alarms that are over are listed.</summary>
    public static readonly Duration HistoryKept = Duration.FromDays(365);

    /// <summary>How long messages that are done are kept.</summary>
    public static readonly Duration MessagesKept = Duration.FromDays(30);

    /// <summary>Longest subject that a node may name.</summary>
    public const int SubjectMax = 100;

    /// <summary>Longest sentence that a node may say.</summary>
    public const int SentenceMax = 500;

    /// <summary>Longest note of who acknowledges.</summary>
    public const int NoteMax = 500;
}
