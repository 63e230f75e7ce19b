namespace KioskLink.Sip2;

/// <summary>Where an item is, two digits.</summary>
public enum CirculationStatus
{
    /// <summary>01: other or unknown.</summary>
    Other = 1,

    /// <summary>02: on order.</summary>
    OnOrder = 2,

    /// <summary>03: available.</summary>
    Available = 3,

    /// <summary>04: on loan.</summary>
    Charged = 4,

    /// <summary>05: on loan and not to be recalled yet.</summary>
    ChargedNotRecallable = 5,

    /// <summary>06: in process.</summary>
    InProcess = 6,

    /// <summary>07: recalled.</summary>
    Recalled = 7,

    /// <summary>08: waiting on the hold shelf.</summary>
    OnHoldShelf = 8,

    /// <summary>09: waiting to be shelved again.</summary>
    ToBeReshelved = 9,

    /// <summary>10: on its way between branches.</summary>
    InTransit = 10,

    /// <summary>11: claimed to be returned.</summary>
    ClaimedReturned = 11,

    /// <summary>12: lost.</summary>
    Lost = 12,

    /// <summary>13: missing.</summary>
    Missing = 13,
}
