namespace KioskLink.Sip2;

/// <summary>How an item is secured, two digits.</summary>
public enum SecurityMarker
{
    /// <summary>00: other.</summary>
    Other = 0,

    /// <summary>01: none.</summary>
    None = 1,

    /// <summary>02: a Tattle-Tape strip.</summary>
    TattleTape = 2,

    /// <summary>03: a Whisper Tape.</summary>
    WhisperTape = 3,
}
