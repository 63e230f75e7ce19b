using KioskLink.Protos.Register.V1;

namespace KioskLink.Register.Profiles;

/// <summary>A disclosure that happens as a matter of course; every other one needs the patron's permission (R51).</summary>
internal sealed record DisclosureProfile
{
    /// <summary>Which one.</summary>
    public required DisclosureKind Kind { get; init; }

    /// <summary>Who receives it.</summary>
    public required string Recipient { get; init; }

    /// <summary>On what legal basis.</summary>
    public required string Basis { get; init; }

    /// <summary>Days after the due date from which on an item goes to collection (R47); for the kind collection.</summary>
    public int? OverdueDays { get; init; }
}

/// <summary>Whether addresses are checked against the population register (R52).</summary>
internal enum PopulationRegisterMode
{
    /// <summary>Never.</summary>
    None,

    /// <summary>Only of people with an open invoice or material in collection.</summary>
    BillingOnly,

    /// <summary>Of every patron with an identity code.</summary>
    CheckAndUpdate,
}

/// <summary>A processor of personal data and the contract with it (R44, GDPR article 28).</summary>
internal sealed record ProcessorProfile
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it does.</summary>
    public required string Task { get; init; }

    /// <summary>Reference of the contract.</summary>
    public required string Contract { get; init; }

    /// <summary>Country where it processes, ISO 3166-1 alpha-2 (R54).</summary>
    public required string Country { get; init; }
}
