namespace KioskLink.Sip2.Transcript;

/// <summary>How a transcript shows card numbers.</summary>
public enum CardMask
{
    /// <summary>Not at all.</summary>
    Hidden = 0,

    /// <summary>As a word that is the same for the same card in one transcript, and in no other.</summary>
    SameWord,
}
