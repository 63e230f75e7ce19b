using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace KioskLink.Register.Camera;

/// <summary>A viewing right (R69, R73): in force in [StartAt, EndAt) unless revoked.</summary>
[Table("camera_grants")]
internal sealed record GrantRow
{
    [Key]
    [DatabaseGenerated(DatabaseGeneratedOption.None)]
    public required string GrantId { get; set; }

    public required string Consortium { get; set; }

    /// <summary>User name.</summary>
    public required string Viewer { get; set; }

    /// <summary>Branch ids, one a line; empty means all.</summary>
    public string BranchIds { get; set; } = "";

    /// <summary>Name of a person.</summary>
    public required string GrantedBy { get; set; }

    /// <summary>Reference of the undertaking in the case-management system.</summary>
    public required string DynastyRef { get; set; }

    public required string UndertakingOn { get; set; }

    public long StartAt { get; set; }

    public long EndAt { get; set; }

    public string RecordedBy { get; set; } = "";

    public long CreatedAt { get; set; }

    public long? RevokedAt { get; set; }

    public string RevokedBy { get; set; } = "";

    public string RevokeReason { get; set; } = "";

    /// <summary>Whether it covers a branch.</summary>
    public bool Covers(string branchId) => BranchIds.Length == 0 || BranchIds.Split('\n').Contains(branchId);
}

/// <summary>A viewing and its record (R66, R70, R71).</summary>
[Table("camera_sessions")]
internal sealed record SessionRow
{
    [Key]
    [DatabaseGenerated(DatabaseGeneratedOption.None)]
    public required string SessionId { get; set; }

    public required string Consortium { get; set; }

    public required string GrantId { get; set; }

    public required string Viewer { get; set; }

    public required string BranchId { get; set; }

    public required string Camera { get; set; }

    public required string ReasonCode { get; set; }

    public required string ReasonText { get; set; }

    public long StartedAt { get; set; }

    /// <summary>Null while the record is missing.</summary>
    public long? CompletedAt { get; set; }

    public long? ViewedAt { get; set; }

    public string Matter { get; set; } = "";

    public long? MatterAt { get; set; }

    public string Ground { get; set; } = "";

    /// <summary>The name of who decided.</summary>
    public string DecidedBy { get; set; } = "";

    /// <summary>The user name of who decided; empty in records of before.</summary>
    public string Decider { get; set; } = "";

    public string ViewerName { get; set; } = "";

    public string OutsiderName { get; set; } = "";

    /// <summary>The number of the wire; 0 where no outsider asked.</summary>
    public int OutsiderDecision { get; set; }
}

/// <summary>An event at a door and a moment of a recording (R67): nothing that shows or names anybody.</summary>
[Table("camera_references")]
internal sealed record ReferenceRow
{
    [Key]
    [DatabaseGenerated(DatabaseGeneratedOption.None)]
    public required string ReferenceId { get; set; }

    public required string Consortium { get; set; }

    public required string SessionId { get; set; }

    public required string BranchId { get; set; }

    public required string Camera { get; set; }

    public required string NodeId { get; set; }

    public required string AttemptId { get; set; }

    public long EventAt { get; set; }

    public long CameraAt { get; set; }

    /// <summary>The earlier of the two: the age of the recording counts from it (R61).</summary>
    public long RecordedAt { get; set; }
}

/// <summary>A copy of a recording (R62).</summary>
[Table("camera_copies")]
internal sealed record CopyRow
{
    [Key]
    [DatabaseGenerated(DatabaseGeneratedOption.None)]
    public required string CopyId { get; set; }

    public required string Consortium { get; set; }

    public required string SessionId { get; set; }

    public required string Description { get; set; }

    /// <summary>The number of the wire.</summary>
    public int State { get; set; }

    public long TakenAt { get; set; }

    public required string TakenBy { get; set; }

    public long? DeliveredAt { get; set; }

    public string DeliveredBy { get; set; } = "";

    public string Recipient { get; set; } = "";

    public string RecipientRef { get; set; } = "";

    public long? DestroyedAt { get; set; }

    public string DestroyedBy { get; set; } = "";

    public string DestroyMethod { get; set; } = "";

    /// <summary>Why it was destroyed without having been delivered.</summary>
    public string UndeliveredReason { get; set; } = "";
}

/// <summary>An alarm of the camera register, once for each thing that it is about.</summary>
[Table("camera_alarms")]
internal sealed record AlarmRow
{
    [Key]
    [DatabaseGenerated(DatabaseGeneratedOption.None)]
    public required string AlarmId { get; set; }

    public required string Consortium { get; set; }

    /// <summary>The number of the wire.</summary>
    public int Kind { get; set; }

    public required string SubjectId { get; set; }

    public long RaisedAt { get; set; }

    public required string Sentence { get; set; }
}

/// <summary>What a comparison with the camera system's log found, in numbers (R72).</summary>
[Table("camera_reconciliations")]
internal sealed record ReconciliationRow
{
    [Key]
    [DatabaseGenerated(DatabaseGeneratedOption.None)]
    public required string RunId { get; set; }

    public required string Consortium { get; set; }

    public long FromAt { get; set; }

    public long ToAt { get; set; }

    public required string LogSha256 { get; set; }

    public int Views { get; set; }

    public int Records { get; set; }

    public int Matched { get; set; }

    public int ViewsWithoutRecord { get; set; }

    public int RecordsWithoutView { get; set; }

    public long RunAt { get; set; }

    public required string RunBy { get; set; }
}
