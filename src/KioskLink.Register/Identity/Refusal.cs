namespace KioskLink.Register.Identity;

/// <summary>Why a caller's certificate is refused; the word travels to the caller, who can tell a refusal from a cut line by it.</summary>
/// <param name="Reason">One word (<c>CERTIFICATE_REVOKED</c>).</param>
/// <param name="Sentence">What is wrong and how to mend it.</param>
internal sealed record Refusal(string Reason, string Sentence)
{
    /// <summary>No certificate was shown.</summary>
    public static readonly Refusal Missing = new("CERTIFICATE_MISSING", "This call needs a client certificate of this register; enrol the node, or name the administrator's identity folder.");

    /// <summary>Another CA signed it.</summary>
    public static readonly Refusal Foreign = new("CERTIFICATE_FOREIGN", "The client certificate was not issued by this register; use one of its own.");

    /// <summary>It says nothing usable about its holder.</summary>
    public static readonly Refusal Unnamed = new("CERTIFICATE_UNNAMED", "The client certificate names no role and holder that this register knows.");

    /// <summary>Its time is over.</summary>
    public static readonly Refusal Expired = new("CERTIFICATE_EXPIRED", "The client certificate has expired; a node renews it with RenewCertificate.");

    /// <summary>Its time has not come.</summary>
    public static readonly Refusal NotYetValid = new("CERTIFICATE_NOT_YET_VALID", "The client certificate is not valid yet; check the clock of the register.");

    /// <summary>No session has this token.</summary>
    public static readonly Refusal SessionEnded = new("SESSION_ENDED", "The session has ended or is none of this register; sign in again.");

    /// <summary>Its holder is no administrator any more.</summary>
    public static readonly Refusal WithoutAccount = new("CERTIFICATE_WITHOUT_ACCOUNT", "The account that the client certificate names is locked, gone, or no administrator's any more; ask another administrator.");

    /// <summary>It was revoked.</summary>
    public static readonly Refusal Revoked = new("CERTIFICATE_REVOKED", "The client certificate was revoked; enrol the node anew with a new token, or ask another administrator for a new certificate.");
}
