namespace KioskLink.Sip2;

/// <summary>The list that 63 asks for besides the counts: the position of the first Y in its summary, counted from 1.</summary>
public enum PatronList
{
    /// <summary>No list.</summary>
    None = 0,

    /// <summary>Holds, or those that wait to be picked up (AS).</summary>
    Holds,

    /// <summary>Overdue items (AT).</summary>
    Overdue,

    /// <summary>Items on loan (AU).</summary>
    Charged,

    /// <summary>Items with fines (AV).</summary>
    Fines,

    /// <summary>Recalled items (BU).</summary>
    Recalls,

    /// <summary>Holds that are not there yet (CD).</summary>
    UnavailableHolds,

    /// <summary>Position 6, not of SIP2: one vendor's list of fees.</summary>
    ExtendedFees,

    /// <summary>Position 7, without meaning.</summary>
    Undefined7,

    /// <summary>Position 8, without meaning.</summary>
    Undefined8,

    /// <summary>Position 9, without meaning.</summary>
    Undefined9,
}
