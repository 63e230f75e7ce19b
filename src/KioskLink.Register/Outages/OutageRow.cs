using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace KioskLink.Register.Outages;

/// <summary>An outage as stored (R82, R83): in force in [StartAt, EndAt) unless ended by hand. Enum columns hold the numbers of the wire.</summary>
[Table("outages")]
internal sealed record OutageRow
{
    [Key]
    [DatabaseGenerated(DatabaseGeneratedOption.None)]
    public required string OutageId { get; set; }

    public required string Consortium { get; set; }

    public int Kind { get; set; }

    public int Scope { get; set; }

    /// <summary>Branch ids, one a line; empty unless the scope is branches.</summary>
    public string BranchIds { get; set; } = "";

    /// <summary>Numbers of the services, one a line, as they were given.</summary>
    public string Services { get; set; } = "";

    /// <summary>Numbers of the services that the window itself says are down too, one a line; null by the profile (R85).</summary>
    public string? Dependents { get; set; }

    public long StartAt { get; set; }

    /// <summary>The estimated end; null for an unplanned one.</summary>
    public long? EndAt { get; set; }

    public long AnnounceAt { get; set; }

    public string Reason { get; set; } = "";

    /// <summary>JSON: language to text, as they were given.</summary>
    public string Notices { get; set; } = "{}";

    public long CreatedAt { get; set; }

    public string CreatedBy { get; set; } = "";

    public long? EndedAt { get; set; }

    public string EndedBy { get; set; } = "";
}
