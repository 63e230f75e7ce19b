namespace KioskLink.Sip2;

/// <summary>What a library system answers (BX in 98): position 0 to 15, Y or N on the wire.</summary>
[Flags]
public enum SupportedMessages
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Position 0: 23.</summary>
    PatronStatus = 1 << 0,

    /// <summary>Position 1: 11.</summary>
    Checkout = 1 << 1,

    /// <summary>Position 2: 09.</summary>
    Checkin = 1 << 2,

    /// <summary>Position 3: 01.</summary>
    BlockPatron = 1 << 3,

    /// <summary>Position 4: 99 and 98.</summary>
    Status = 1 << 4,

    /// <summary>Position 5: 97 and 96.</summary>
    Resend = 1 << 5,

    /// <summary>Position 6: 93.</summary>
    Login = 1 << 6,

    /// <summary>Position 7: 63.</summary>
    PatronInformation = 1 << 7,

    /// <summary>Position 8: 35.</summary>
    EndSession = 1 << 8,

    /// <summary>Position 9: 37.</summary>
    FeePaid = 1 << 9,

    /// <summary>Position 10: 17.</summary>
    ItemInformation = 1 << 10,

    /// <summary>Position 11: 19.</summary>
    ItemStatusUpdate = 1 << 11,

    /// <summary>Position 12: 25.</summary>
    PatronEnable = 1 << 12,

    /// <summary>Position 13: 15.</summary>
    Hold = 1 << 13,

    /// <summary>Position 14: 29.</summary>
    Renew = 1 << 14,

    /// <summary>Position 15: 65.</summary>
    RenewAll = 1 << 15,
}
