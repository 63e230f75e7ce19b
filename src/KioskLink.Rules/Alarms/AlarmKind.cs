namespace KioskLink.Rules.Alarms;

/// <summary>What kind of fault an alarm is about. The numbers are those of the wire.</summary>
public enum AlarmKind
{
    /// <summary>Not told.</summary>
    Unknown,

    /// <summary>A device does not answer.</summary>
    DeviceSilent,

    /// <summary>A serial port or an adapter is gone.</summary>
    PortLost,

    /// <summary>A device's key is not the one that it should have.</summary>
    DeviceKey,

    /// <summary>A device uses the install key that everyone knows.</summary>
    InstallKey,

    /// <summary>A housing is open, or a device was torn off.</summary>
    Tamper,

    /// <summary>A device's supply is at fault.</summary>
    DevicePower,

    /// <summary>A device answers, but the reader behind it does not.</summary>
    ReaderFault,

    /// <summary>A door was opened while it was locked.</summary>
    DoorForced,

    /// <summary>A door stays open.</summary>
    DoorHeld,

    /// <summary>A lock does not do what it is told.</summary>
    LockFault,

    /// <summary>A disk is full or cannot be written.</summary>
    Disk,

    /// <summary>Stored data were damaged and set aside.</summary>
    DataDamaged,

    /// <summary>A certificate is refused, or ends soon and is not renewed.</summary>
    Certificate,

    /// <summary>The register refuses what a node asks.</summary>
    RegisterRefuses,

    /// <summary>Wrong PINs are tried over many cards.</summary>
    PinGuessing,

    /// <summary>A journal has two histories, or a part of it is missing.</summary>
    Journal,

    /// <summary>A node's key is used by two.</summary>
    IdentityShared,

    /// <summary>A node does not answer the register.</summary>
    NodeSilent,

    /// <summary>Most nodes went silent at once.</summary>
    RegisterCutOff,

    /// <summary>A branch is not proven to enforce bans.</summary>
    BansNotEnforced,

    /// <summary>A duty of the camera register is overdue.</summary>
    Camera,

    /// <summary>A job of the register fails.</summary>
    JobFailed,

    /// <summary>A way by which alarms are sent does not work.</summary>
    ChannelDown,

    /// <summary>Something is set up in a way that does not do what was meant.</summary>
    Setup,

    /// <summary>What this version has no kind for.</summary>
    Other,

    /// <summary>Somebody may have come in behind another, or has not left.</summary>
    People,

    /// <summary>What was to be done at a change of the branch's state was not done.</summary>
    ActionNotDone,

    /// <summary>The line of a supervised input is cut or shorted.</summary>
    LineFault,

    /// <summary>An opener or a mode line of a door's operator does not do what it is told; the lock does.</summary>
    DoorOperator,

    /// <summary>The burglar alarm has gone off.</summary>
    Burglary,

    /// <summary>The panel of the burglar alarm tells of a fault of its own.</summary>
    AlarmPanelFault,

    /// <summary>The burglar alarm did not arm when it was told to: the premises are unguarded.</summary>
    AlarmNotArmed,

    /// <summary>The burglar alarm did not disarm when it was told to: patrons are refused.</summary>
    AlarmNotDisarmed,

    /// <summary>A request of a data subject is not answered in time.</summary>
    RequestOverdue,
}
