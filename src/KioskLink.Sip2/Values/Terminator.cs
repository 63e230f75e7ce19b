namespace KioskLink.Sip2;

/// <summary>How written messages end. What is read may end either way, and with LF alone.</summary>
public enum Terminator
{
    /// <summary>CR, as SIP2 says.</summary>
    Cr = 0,

    /// <summary>CR and LF, as some machines need it.</summary>
    CrLf,
}
