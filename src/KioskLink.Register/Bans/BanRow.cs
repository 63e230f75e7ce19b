using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace KioskLink.Register.Bans;

/// <summary>A ban as stored (R29): in force in [StartAt, EndAt) unless lifted.</summary>
[Table("bans")]
internal sealed record BanRow
{
    [Key]
    [DatabaseGenerated(DatabaseGeneratedOption.None)]
    public required string BanId { get; set; }

    public required string Consortium { get; set; }

    public long PatronId { get; set; }

    public int Kind { get; set; }

    /// <summary>Branch ids, one a line; empty means all.</summary>
    public string BranchIds { get; set; } = "";

    public long StartAt { get; set; }

    public long? EndAt { get; set; }

    /// <summary>Code of the profile's reason; empty on bans of the time before codes.</summary>
    public string ReasonCode { get; set; } = "";

    /// <summary>The reason in words, beside the code; may be empty.</summary>
    public string Reason { get; set; } = "";

    public string DecidedBy { get; set; } = "";

    /// <summary>Reference of the decision; a use ban has one.</summary>
    public string DecisionRef { get; set; } = "";

    /// <summary>Day of the hearing, ISO 8601; empty where nobody was heard.</summary>
    public string HeardOn { get; set; } = "";

    /// <summary>What was said at the hearing, or why there was none.</summary>
    public string Hearing { get; set; } = "";

    /// <summary>How to appeal, as it was attached when the ban was made.</summary>
    public string Appeal { get; set; } = "";

    public long CreatedAt { get; set; }

    public string CreatedBy { get; set; } = "";

    public long? LiftedAt { get; set; }

    public string LiftedBy { get; set; } = "";

    public string LiftReason { get; set; } = "";
}
