namespace KioskLink.Devices.Osdp;

/// <summary>How far the session with a device has come.</summary>
internal enum SessionPhase
{
    /// <summary>Nothing is known; the next frame starts a session with sequence number 0.</summary>
    Absent,

    /// <summary>POLL with sequence number 0: some devices answer nothing else first.</summary>
    Greeting,

    /// <summary>CHLNG with sequence number 0.</summary>
    Challenge,

    /// <summary>SCRYPT: our proof of the key.</summary>
    Cryptogram,

    /// <summary>OUT: every lock output locked.</summary>
    Locking,

    /// <summary>ID.</summary>
    Identify,

    /// <summary>CAP.</summary>
    Capabilities,

    /// <summary>ACURXSIZE: how large a frame this panel takes.</summary>
    ReceiveSize,

    /// <summary>LSTAT.</summary>
    LocalStatus,

    /// <summary>ISTAT.</summary>
    InputStatus,

    /// <summary>A file goes to the device in clear: nothing else is said, nothing it tells is believed.</summary>
    FileInClear,

    /// <summary>Polled, and open to commands.</summary>
    Online,
}

/// <summary>Why an exchange failed.</summary>
internal enum ExchangeFailure
{
    /// <summary>Nothing came.</summary>
    Silent,

    /// <summary>What came was damaged.</summary>
    Damaged,

    /// <summary>A wrong MAC, padding or security block.</summary>
    Unauthentic,

    /// <summary>A clear reply inside a secure session.</summary>
    Clear,
}
