namespace KioskLink.Demo.Network;

/// <summary>What the relay does with the bytes between node and register.</summary>
internal enum RelayMode
{
    /// <summary>Bytes pass.</summary>
    Whole,

    /// <summary>Bytes vanish in both directions while every socket stays open, as behind a dead switch.</summary>
    Cut,

    /// <summary>Sockets are closed and new ones refused, as after a reboot of a router.</summary>
    Reset,
}
