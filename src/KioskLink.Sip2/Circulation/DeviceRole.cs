namespace KioskLink.Sip2.Circulation;

/// <summary>What a machine is; each role learns its own fields (R31).</summary>
public enum DeviceRole
{
    /// <summary>Lends and takes back: learns names, counts and lists.</summary>
    SelfCheck = 0,

    /// <summary>Lets patrons use computers: learns yes or no and a reason.</summary>
    PcBooking,

    /// <summary>Opens a door or gate: learns yes or no and a reason.</summary>
    Door,
}
