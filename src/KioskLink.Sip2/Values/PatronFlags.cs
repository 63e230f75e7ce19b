namespace KioskLink.Sip2;

/// <summary>A patron's status: position 0 to 13, Y or blank on the wire.</summary>
[Flags]
public enum PatronFlags
{
    /// <summary>Nothing is in the way.</summary>
    None = 0,

    /// <summary>Position 0: may not borrow. Many gates look at this one alone.</summary>
    ChargeDenied = 1 << 0,

    /// <summary>Position 1: may not renew.</summary>
    RenewalDenied = 1 << 1,

    /// <summary>Position 2: may not recall.</summary>
    RecallDenied = 1 << 2,

    /// <summary>Position 3: may not place holds.</summary>
    HoldDenied = 1 << 3,

    /// <summary>Position 4: the card was reported lost.</summary>
    CardLost = 1 << 4,

    /// <summary>Position 5: too many items are out.</summary>
    TooManyCharged = 1 << 5,

    /// <summary>Position 6: too many items are overdue.</summary>
    TooManyOverdue = 1 << 6,

    /// <summary>Position 7: too many renewals.</summary>
    TooManyRenewals = 1 << 7,

    /// <summary>Position 8: too many claims that items were returned.</summary>
    TooManyClaims = 1 << 8,

    /// <summary>Position 9: too many items were lost.</summary>
    TooManyLost = 1 << 9,

    /// <summary>Position 10: too much to pay in fines.</summary>
    ExcessiveFines = 1 << 10,

    /// <summary>Position 11: too much to pay in fees.</summary>
    ExcessiveFees = 1 << 11,

    /// <summary>Position 12: a recalled item is overdue.</summary>
    RecallOverdue = 1 << 12,

    /// <summary>Position 13: too many items were billed.</summary>
    TooManyBilled = 1 << 13,

    /// <summary>Positions 0 to 3: what an unknown or barred patron is told.</summary>
    AllDenied = ChargeDenied | RenewalDenied | RecallDenied | HoldDenied,
}
