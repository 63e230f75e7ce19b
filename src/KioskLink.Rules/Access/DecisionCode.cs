namespace KioskLink.Rules.Access;

/// <summary>
/// The outcome of the rule ladder, in the order in which the rules are evaluated; the first failing rule gives the code.
/// The numbers are those of the wire.
/// </summary>
public enum DecisionCode
{
    /// <summary>No decision.</summary>
    None = 0,

    /// <summary>The door, its branch or its opening hours are not configured.</summary>
    NodeMisconfigured = 1,

    /// <summary>The node is in lockdown.</summary>
    Lockdown = 2,

    /// <summary>A maintenance window lists this branch's doors.</summary>
    Maintenance = 3,

    /// <summary>The branch is suspended from self-service use (R87).</summary>
    BranchSuspended = 4,

    /// <summary>Offline: the branch stays closed without the register (R86).</summary>
    OfflineRefused = 5,

    /// <summary>Offline: the node cannot trust its clock.</summary>
    ClockUntrusted = 6,

    /// <summary>What the reader read is no card of this consortium.</summary>
    CardUnreadable = 7,

    /// <summary>A badge opened the door.</summary>
    GrantedBadge = 8,

    /// <summary>A badge that is revoked, expired, or used outside its schedule or doors.</summary>
    BadgeRefused = 9,

    /// <summary>No such card.</summary>
    CardUnknown = 10,

    /// <summary>Offline: this node does not hold the card.</summary>
    OfflineNotCached = 11,

    /// <summary>Too many wrong PINs: the card waits.</summary>
    PinLocked = 12,

    /// <summary>No PIN was entered.</summary>
    PinMissing = 13,

    /// <summary>The PIN is wrong.</summary>
    PinWrong = 14,

    /// <summary>Offline: the facts are older than the branch allows for a grant.</summary>
    OfflineTooOld = 15,

    /// <summary>The card is lost or was replaced.</summary>
    CardLost = 16,

    /// <summary>The card or the customership has expired (R17, R18).</summary>
    CardExpired = 17,

    /// <summary>Processing of the patron's data is restricted (R76).</summary>
    PatronRestricted = 18,

    /// <summary>A use ban is in force at this branch (R28).</summary>
    UseBan = 19,

    /// <summary>A self-service ban is in force at this branch (R28).</summary>
    SelfServiceBan = 20,

    /// <summary>A loan ban is in force and closes the door here (R28).</summary>
    LoanBan = 21,

    /// <summary>The patron's group has no self-service (R13).</summary>
    GroupNotAllowed = 22,

    /// <summary>The patron is too young and no guardian's consent is held.</summary>
    Underage = 23,

    /// <summary>The terms of self-service use are not accepted.</summary>
    TermsNotAccepted = 24,

    /// <summary>The patron has not registered for self-service use.</summary>
    NotRegistered = 25,

    /// <summary>Unpaid fees are over the limit.</summary>
    FeesOverLimit = 26,

    /// <summary>The branch is closed now.</summary>
    Closed = 27,

    /// <summary>The premises are full.</summary>
    CapacityFull = 28,

    /// <summary>The burglar alarm is armed.</summary>
    AlarmArmed = 29,

    /// <summary>The door opens.</summary>
    Granted = 30,

    /// <summary>Staffed hours: the door is free, no card is needed.</summary>
    StaffedOpen = 31,

    /// <summary>The card is inside already (anti-passback): the last rule, with a number that was free.</summary>
    AlreadyInside = 32,
}
