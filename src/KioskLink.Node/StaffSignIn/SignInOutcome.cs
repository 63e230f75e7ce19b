namespace KioskLink.Node.StaffSignIn;

/// <summary>How a sign-in went.</summary>
internal enum SignInOutcome
{
    /// <summary>It is that person.</summary>
    SignedIn,

    /// <summary>Name, password or code is wrong, or the account waits: which of them is not told.</summary>
    Refused,

    /// <summary>Too many tries from here.</summary>
    Busy,

    /// <summary>The undertaking of secrecy is still to be given, which only the register's console takes.</summary>
    UndertakingMissing,

    /// <summary>The account's duties have no page here.</summary>
    NoPage,

    /// <summary>The register is away, and the node cannot keep the sign-in on record or has not its key.</summary>
    NotNow,
}

/// <summary>What came of a sign-in.</summary>
/// <param name="Outcome">How it went.</param>
/// <param name="Session">The session that began; null when none did.</param>
internal readonly record struct SignInResult(SignInOutcome Outcome, StaffSession? Session = null);
