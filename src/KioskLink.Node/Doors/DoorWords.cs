using KioskLink.Rules.Doors;

namespace KioskLink.Node.Doors;

/// <summary>What happens at doors in English, for journal and technicians.</summary>
internal static class DoorWords
{
    /// <summary>The detail of a record.</summary>
    public static string Of(DoorEvent happened) => happened switch
    {
        DoorEvent.Opened => "opened",
        DoorEvent.Closed => "closed",
        DoorEvent.HeldOpen => "held open",
        DoorEvent.Forced => "forced",
        DoorEvent.Exit => "exit used",
        DoorEvent.Fire => "fire alarm",
        DoorEvent.FireEnded => "fire alarm ended",
        DoorEvent.Free => "free for all",
        DoorEvent.FreeEnded => "no longer free",
        DoorEvent.FreeRefused => "not freed: the lock may not stay unlocked",
        DoorEvent.FreeLapsed => "locked in free hours: the lock did not answer",
        DoorEvent.Lockdown => "lockdown",
        DoorEvent.LockdownEnded => "lockdown ended",
        DoorEvent.LateAcknowledgement => "unlock acknowledged too late and taken back",
        DoorEvent.ContactLost => "its contact tells nothing: its line is cut or shorted, or its device does not answer",
        DoorEvent.ContactBack => "its contact tells again",
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "An event without words."),
    };

    /// <summary>The subject of the alarm of an event.</summary>
    public static string Subject(string doorId, DoorEvent happened) => happened switch
    {
        DoorEvent.Forced => $"forced {doorId}",
        DoorEvent.HeldOpen => $"held {doorId}",
        _ => $"lock {doorId}",
    };

    /// <summary>Every subject of a door's alarms.</summary>
    public static IReadOnlyList<string> Subjects(string doorId) => [$"forced {doorId}", $"held {doorId}", $"lock {doorId}"];

    /// <summary>What a technician reads of an event that somebody must look at.</summary>
    public static string Alarm(string doorId, DoorEvent happened) => $"Door {doorId}: {Of(happened)}. " + happened switch
    {
        DoorEvent.Forced => "It was opened while it was locked: look on the spot.",
        DoorEvent.HeldOpen => "Close it, or look what keeps it open.",
        DoorEvent.FreeRefused => "Declare continuousDuty for the lock if its coil bears it, or use another lock.",
        _ => "Check the lock's device, its supply and its line.",
    };

    /// <summary>The subject of the alarm of a break-glass.</summary>
    public static string GlassSubject(string doorId) => $"glass {doorId}";

    /// <summary>What a technician reads of a break-glass that was used.</summary>
    public static string GlassAlarm(string doorId) =>
        $"Door {doorId}: its break-glass was used. A lock that it cuts is open until the glass is reset: look on the spot, and reset it.";
}
