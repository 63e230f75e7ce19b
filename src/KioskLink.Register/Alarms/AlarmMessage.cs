namespace KioskLink.Register.Alarms;

/// <summary>What a message tells.</summary>
internal enum AlarmMessageKind
{
    /// <summary>A test.</summary>
    Test,

    /// <summary>A fault stands, or something happened.</summary>
    Raised,

    /// <summary>A fault that was over stands again.</summary>
    Again,

    /// <summary>A fault is over.</summary>
    Cleared,

    /// <summary>Nobody looks after a fault.</summary>
    Escalated,

    /// <summary>There are more faults than are told one by one.</summary>
    Many,
}

/// <summary>A message to send.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Fault">The fault.</param>
/// <param name="Joined">Subjects of faults that are consequences of it.</param>
/// <param name="AfterMinutes">For which step of escalation it is; 0 is at once.</param>
internal sealed record AlarmMessage(AlarmMessageKind Kind, Fault Fault, IReadOnlyList<string> Joined, int AfterMinutes = 0);
