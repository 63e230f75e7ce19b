using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace KioskLink.Register.Outages;

/// <summary>A suspension of a branch's self-service use as stored (R87): in force in [StartAt, EndAt) unless lifted.</summary>
[Table("suspensions")]
internal sealed record SuspensionRow
{
    [Key]
    [DatabaseGenerated(DatabaseGeneratedOption.None)]
    public required string SuspensionId { get; set; }

    public required string Consortium { get; set; }

    public required string BranchId { get; set; }

    public long StartAt { get; set; }

    public long? EndAt { get; set; }

    public string Reason { get; set; } = "";

    public long CreatedAt { get; set; }

    public string CreatedBy { get; set; } = "";

    public long? LiftedAt { get; set; }

    public string LiftedBy { get; set; } = "";

    public string LiftReason { get; set; } = "";

    /// <summary>Whether its time is over.</summary>
    public bool IsOver(long nowMs) => LiftedAt is not null || EndAt <= nowMs;
}
