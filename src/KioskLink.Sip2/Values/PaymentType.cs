namespace KioskLink.Sip2;

/// <summary>How a fee was paid, two digits. 03 to 99 mean what a library and its vendor agree on.</summary>
public enum PaymentType
{
    /// <summary>00: cash.</summary>
    Cash = 0,

    /// <summary>01: a VISA card.</summary>
    Visa = 1,

    /// <summary>02: a credit card.</summary>
    CreditCard = 2,
}
