namespace KioskLink.Sip2;

/// <summary>Why a returned item needs a hand (CV, an extension that most machines know).</summary>
public enum AlertType
{
    /// <summary>00: none, or unknown.</summary>
    None = 0,

    /// <summary>01: held for somebody at this branch.</summary>
    HoldHere = 1,

    /// <summary>02: held for another branch.</summary>
    HoldElsewhere = 2,

    /// <summary>03: held for another library.</summary>
    InterLibraryHold = 3,

    /// <summary>04: belongs to another branch.</summary>
    SendElsewhere = 4,

    /// <summary>99: other.</summary>
    Other = 99,
}
