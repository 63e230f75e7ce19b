namespace KioskLink.Sip2;

/// <summary>What 15 does to a hold.</summary>
public enum HoldMode
{
    /// <summary>A character that SIP2 does not know.</summary>
    Unknown = 0,

    /// <summary>`+`: places it.</summary>
    Add = '+',

    /// <summary>`-`: cancels it.</summary>
    Cancel = '-',

    /// <summary>`*`: changes it.</summary>
    Change = '*',
}
