namespace KioskLink.Register.Profiles;

/// <summary>How requests of data subjects come in and are proven (R77, R80).</summary>
internal sealed record RequestsProfile
{
    /// <summary>The channels by which a request may come: `contact-person`, `tietosuoja@lahti.fi`.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>How a person's identity may be proven before anything is handed out.</summary>
    public required IReadOnlyList<string> IdentityProofs { get; init; }

    /// <summary>Systems beside the register that must delete an erased person too, such as the web library (R58).</summary>
    public IReadOnlyList<string> ErasureRecipients { get; init; } = [];

    /// <summary>Where a person may complain: the data protection ombudsman, with address.</summary>
    public required string SupervisoryAuthority { get; init; }
}
