namespace KioskLink.Register.Profiles;

/// <summary>Who writes to patrons, as notices and their envelopes name it (R20).</summary>
internal sealed record NoticeSenderProfile
{
    /// <summary>The sender's name.</summary>
    public required LocalText Name { get; init; }

    /// <summary>Address from which e-mails come.</summary>
    public required string Email { get; init; }

    /// <summary>Phone for questions; empty means that none is named.</summary>
    public string Phone { get; init; } = "";

    /// <summary>Lines of the sender's postal address.</summary>
    public required IReadOnlyList<string> Address { get; init; }
}
