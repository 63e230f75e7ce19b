using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace KioskLink.Register.Patrons;

/// <summary>A patron as stored (R8): dates are ISO 8601 and empty where unknown, times Int64 UTC milliseconds.</summary>
[Table("patrons")]
internal sealed record PatronRow
{
    /// <summary>The register's own number; opaque to everyone else.</summary>
    [Key]
    public long PatronId { get; set; }

    public required string Consortium { get; set; }

    public required string CustomerId { get; set; }

    public string Surname { get; set; } = "";

    public string FirstNames { get; set; } = "";

    public string DateOfBirth { get; set; } = "";

    /// <summary>Sealed; null where there is none.</summary>
    public byte[]? IdentityCode { get; set; }

    /// <summary>Blind index of the identity code.</summary>
    public byte[]? IdentityIndex { get; set; }

    public int Language { get; set; }

    public string PatronGroup { get; set; } = "";

    public string HomeBranch { get; set; } = "";

    public string ResponsibleCustomerId { get; set; } = "";

    /// <summary>As what that person answers for the patron (R15).</summary>
    public int ResponsibleRole { get; set; }

    public string GuardianConsentOn { get; set; } = "";

    public string TermsAcceptedOn { get; set; } = "";

    public string RegisteredOn { get; set; } = "";

    public string ValidFrom { get; set; } = "";

    public string ValidTo { get; set; } = "";

    public bool Restricted { get; set; }

    /// <summary>Whether doors go on serving the patron while the processing is restricted, as the person asked (R76).</summary>
    public bool KeepsDoors { get; set; }

    public long FeesCents { get; set; }

    /// <summary>Whether the patron is given more time at doors; why is nobody's data.</summary>
    public bool ExtendedTime { get; set; }

    /// <summary>Last use that no card tells of, such as a loan or a payment; null where none is known (R57).</summary>
    public long? LastUsedAt { get; set; }

    public long CreatedAt { get; set; }

    public string CreatedBy { get; set; } = "";

    public long UpdatedAt { get; set; }

    public string UpdatedBy { get; set; } = "";
}
