namespace KioskLink.Rules.Alarms;

/// <summary>How soon somebody must look. The numbers are those of the wire.</summary>
public enum AlarmSeverity
{
    /// <summary>Not told.</summary>
    Unknown,

    /// <summary>When there is time.</summary>
    Info,

    /// <summary>Within the day.</summary>
    Warning,

    /// <summary>At once: a door does not work, is open, or somebody may be at it.</summary>
    Critical,
}
