namespace KioskLink.Rules.Alarms;

/// <summary>What follows from the kind of a fault, the same for node and register. Pure.</summary>
public static class AlarmKinds
{
    /// <summary>How soon somebody must look at a fault of a kind.</summary>
    public static AlarmSeverity SeverityOf(AlarmKind kind) => kind switch
    {
        AlarmKind.DeviceSilent or AlarmKind.PortLost or AlarmKind.DeviceKey or AlarmKind.Tamper or AlarmKind.ReaderFault
            or AlarmKind.DoorForced or AlarmKind.LockFault or AlarmKind.Disk or AlarmKind.Certificate or AlarmKind.RegisterRefuses
            or AlarmKind.IdentityShared or AlarmKind.NodeSilent or AlarmKind.RegisterCutOff or AlarmKind.BansNotEnforced
            or AlarmKind.LineFault or AlarmKind.Burglary or AlarmKind.AlarmNotArmed or AlarmKind.AlarmNotDisarmed => AlarmSeverity.Critical,
        AlarmKind.InstallKey or AlarmKind.Setup => AlarmSeverity.Info,
        _ => AlarmSeverity.Warning,
    };

    /// <summary>
    /// Whether a fault is of a connection, which may come back by itself in a moment and may be the consequence of another one's: it is
    /// told only when it stays.
    /// </summary>
    public static bool IsPassing(AlarmKind kind) => kind
        is AlarmKind.DeviceSilent or AlarmKind.PortLost or AlarmKind.DevicePower or AlarmKind.ReaderFault or AlarmKind.LockFault or AlarmKind.NodeSilent;

    /// <summary>The kind of a number of the wire; one that this version does not know is <see cref="AlarmKind.Other"/>.</summary>
    public static AlarmKind Of(int number) => number > 0 && Enum.IsDefined((AlarmKind)number) ? (AlarmKind)number : AlarmKind.Other;
}
