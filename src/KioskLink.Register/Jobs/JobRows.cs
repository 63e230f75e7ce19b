using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Jobs;

/// <summary>Which register process runs jobs, and until when it may.</summary>
[Table("job_leases")]
internal sealed record JobLeaseRow
{
    [Key]
    public required string Consortium { get; set; }

    public string Holder { get; set; } = "";

    public long Until { get; set; }
}

/// <summary>How far a job has come: what was due up to <see cref="DoneUntil"/> was run.</summary>
[Table("jobs")]
[PrimaryKey(nameof(Consortium), nameof(Name))]
internal sealed record JobRow
{
    public required string Consortium { get; set; }

    public required string Name { get; set; }

    public long DoneUntil { get; set; }
}

/// <summary>One run of a job.</summary>
[Table("job_runs")]
internal sealed record JobRunRow
{
    [Key]
    public long RunId { get; set; }

    public required string Consortium { get; set; }

    public required string Name { get; set; }

    /// <summary>Null where somebody asked for the run.</summary>
    public long? DueAt { get; set; }

    public string AskedBy { get; set; } = "";

    public long StartedAt { get; set; }

    public long? EndedAt { get; set; }

    public bool Failed { get; set; }

    /// <summary>English, without personal data.</summary>
    public string Summary { get; set; } = "";
}
