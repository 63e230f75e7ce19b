using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace KioskLink.Register.Retention;

/// <summary>How far a run has come; the numbers are those of the wire.</summary>
internal enum RetentionState
{
    /// <summary>Counted: a dry run.</summary>
    Planned = 1,

    /// <summary>Approved, and not yet run.</summary>
    Approved = 2,

    /// <summary>Begun; it stays so when the register stopped meanwhile, and the next run goes on.</summary>
    Running = 3,

    /// <summary>Ended: evidence.</summary>
    Done = 4,
}

/// <summary>A dry run, or a run: the evidence that data was removed, without personal data (R65).</summary>
[Table("retention_runs")]
internal sealed record RetentionRunRow
{
    [Key]
    public long RunId { get; set; }

    public required string Consortium { get; set; }

    public required string Rule { get; set; }

    /// <summary>The period as the profile said it.</summary>
    public string Keep { get; set; } = "";

    public long Cutoff { get; set; }

    public int State { get; set; }

    /// <summary>JSON: what was counted, and how many.</summary>
    public string Counts { get; set; } = "[]";

    public long PlannedAt { get; set; }

    public string PlannedBy { get; set; } = "";

    public long? ApprovedAt { get; set; }

    public string ApprovedBy { get; set; } = "";

    /// <summary>Why it was approved.</summary>
    public string Approval { get; set; } = "";

    public long? StartedAt { get; set; }

    public long? EndedAt { get; set; }

    public string RunBy { get; set; } = "";

    /// <summary>Place in the chain of evidence, from 1; 0 until it has ended.</summary>
    public long Link { get; set; }

    public byte[] PreviousHash { get; set; } = [];

    public byte[] Hash { get; set; } = [];
}
