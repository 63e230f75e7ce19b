namespace KioskLink.Sip2.Server;

/// <summary>What a machine may do before it has logged in, where a listener needs a login.</summary>
public enum BeforeLoginRule
{
    /// <summary>99 and 97 are answered; anything else closes the connection, as machines expect it.</summary>
    StatusOnly = 0,

    /// <summary>Anything but 93 closes the connection.</summary>
    Nothing,

    /// <summary>Anything but 93 is ignored.</summary>
    Ignore,
}
