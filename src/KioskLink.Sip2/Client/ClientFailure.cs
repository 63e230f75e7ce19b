namespace KioskLink.Sip2.Client;

/// <summary>Why a library system has not answered as it should.</summary>
public enum ClientFailure
{
    /// <summary>It has.</summary>
    None = 0,

    /// <summary>It cannot be reached, or was not a moment ago; nothing was sent.</summary>
    NotConnected,

    /// <summary>It refuses the login; nothing was sent.</summary>
    LoginRefused,

    /// <summary>It says that it is off-line.</summary>
    OffLine,

    /// <summary>No answer came. The request changes nothing, so it may be asked again.</summary>
    NoAnswer,

    /// <summary>No answer came, and the request may have been executed: look with 63 or 17 before asking again.</summary>
    OutcomeUnknown,

    /// <summary>Its answers are damaged again and again. The request may have been executed.</summary>
    Damaged,

    /// <summary>It asks for the request again and again: it does not like it.</summary>
    AsksAgain,

    /// <summary>It said something else than the answer. The request may have been executed.</summary>
    Unexpected,

    /// <summary>Too many requests wait already; nothing was sent.</summary>
    Busy,

    /// <summary>The PIN is empty; nothing was sent, as some systems take an empty PIN for a right one.</summary>
    EmptyPin,
}
