using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace KioskLink.Register.Disclosures;

/// <summary>What a data-protection officer decided on claims against a person whose processing is restricted (R76).</summary>
[Table("claim_decisions")]
internal sealed record ClaimDecisionRow
{
    [Key]
    public long DecisionId { get; set; }

    public required string Consortium { get; set; }

    public long PatronId { get; set; }

    /// <summary>Whether claims are made all the same.</summary>
    public bool GoesOn { get; set; }

    public string Reason { get; set; } = "";

    public long DecidedAt { get; set; }

    public string DecidedBy { get; set; } = "";

    /// <summary>When another decision took its place, or the restriction ended; null while it is in force.</summary>
    public long? EndedAt { get; set; }
}
