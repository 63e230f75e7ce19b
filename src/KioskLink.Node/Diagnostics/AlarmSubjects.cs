using KioskLink.Rules.Alarms;

namespace KioskLink.Node.Diagnostics;

/// <summary>What the subjects of a node's alarms mean. Pure.</summary>
internal static class AlarmSubjects
{
    /// <summary>The first word of the subject of a line's alarm; its id follows.</summary>
    public const string Port = "port";

    /// <summary>The first word of the subject of a supervised input's alarm; its device and number follow.</summary>
    public const string Line = "line";

    private static readonly Dictionary<string, AlarmKind> Kinds = new(StringComparer.Ordinal)
    {
        [Port] = AlarmKind.PortLost,
        ["device"] = AlarmKind.DeviceSilent,
        ["key"] = AlarmKind.DeviceKey,
        ["install"] = AlarmKind.InstallKey,
        ["reader"] = AlarmKind.ReaderFault,
        ["tamper"] = AlarmKind.Tamper,
        ["power"] = AlarmKind.DevicePower,
        ["forced"] = AlarmKind.DoorForced,
        ["held"] = AlarmKind.DoorHeld,
        ["lock"] = AlarmKind.LockFault,
        ["relock"] = AlarmKind.LockFault,
        ["glass"] = AlarmKind.LockFault,
        ["journal-disk"] = AlarmKind.Disk,
        ["replica-disk"] = AlarmKind.Disk,
        ["clock-file"] = AlarmKind.Disk,
        ["staff-present"] = AlarmKind.Disk,
        ["branch-state"] = AlarmKind.Disk,
        ["people-inside"] = AlarmKind.Disk,
        ["acts-disk"] = AlarmKind.Disk,
        ["acts-damaged"] = AlarmKind.DataDamaged,
        ["loan-acts"] = AlarmKind.RegisterRefuses,
        ["staff-disk"] = AlarmKind.Disk,
        ["replica-damaged"] = AlarmKind.DataDamaged,
        ["guesses-damaged"] = AlarmKind.DataDamaged,
        ["staff-guesses"] = AlarmKind.DataDamaged,
        ["journal-damaged"] = AlarmKind.DataDamaged,
        ["journal-fork"] = AlarmKind.Journal,
        ["certificate"] = AlarmKind.Certificate,
        ["renewal"] = AlarmKind.Certificate,
        ["authorize"] = AlarmKind.RegisterRefuses,
        ["verify"] = AlarmKind.RegisterRefuses,
        ["circulation"] = AlarmKind.RegisterRefuses,
        ["machine-login"] = AlarmKind.PinGuessing,
        ["spraying"] = AlarmKind.PinGuessing,
        ["tailgate"] = AlarmKind.People,
        ["roll-call"] = AlarmKind.People,
        ["action"] = AlarmKind.ActionNotDone,
        [Line] = AlarmKind.LineFault,
        ["operator"] = AlarmKind.DoorOperator,
        ["burglary"] = AlarmKind.Burglary,
        ["alarm-panel-fault"] = AlarmKind.AlarmPanelFault,
        ["alarm-not-armed"] = AlarmKind.AlarmNotArmed,
        ["alarm-not-disarmed"] = AlarmKind.AlarmNotDisarmed,
        ["alarm-waits"] = AlarmKind.People,
    };

    /// <summary>The kind of a subject's fault.</summary>
    public static AlarmKind KindOf(string subject) => Kinds.GetValueOrDefault(subject.Split(' ')[0], AlarmKind.Other);

    /// <summary>The device that a subject names second, if it is about one.</summary>
    public static string DeviceOf(string subject) =>
        KindOf(subject) is AlarmKind.DeviceSilent or AlarmKind.DevicePower or AlarmKind.ReaderFault && subject.Split(' ') is [_, var device, ..] ? device : "";
}
