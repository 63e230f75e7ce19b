namespace KioskLink.Sip2.Server;

/// <summary>What becomes of a command that SIP2 does not know.</summary>
public enum UnknownCommandRule
{
    /// <summary>It is not answered, as SIP2 says.</summary>
    Ignore = 0,

    /// <summary>96 asks for it again, as one library system does.</summary>
    AskAgain,
}
