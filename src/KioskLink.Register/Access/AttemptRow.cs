using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace KioskLink.Register.Access;

/// <summary>
/// One entry attempt: the register's answer opens the row, the node's decision fills it, the outcome closes it (DESIGN 7).
/// Enum columns hold the numbers of the wire.
/// </summary>
[Table("attempts")]
internal sealed record AttemptRow
{
    /// <summary>Order of arrival, for pages.</summary>
    [Key]
    public long RowNumber { get; set; }

    public required string Consortium { get; set; }

    public required string AttemptId { get; set; }

    public string BranchId { get; set; } = "";

    /// <summary>The node, or the administrator's name where no node asked.</summary>
    public string NodeId { get; set; } = "";

    public string DoorId { get; set; } = "";

    public string DeviceId { get; set; } = "";

    public long? PresentedAt { get; set; }

    /// <summary>What the node did; 0 until its record has arrived.</summary>
    public int Code { get; set; }

    public int Source { get; set; }

    /// <summary>What the register answered; 0 when it was not asked.</summary>
    public int RegisterCode { get; set; }

    /// <summary>The serialised answer for a repeated attempt.</summary>
    public byte[]? RegisterAnswer { get; set; }

    public int Outcome { get; set; }

    public bool Interrupted { get; set; }

    public int JudgedCode { get; set; }

    public string Difference { get; set; } = "";

    public string CardRef { get; set; } = "";

    public long? AnsweredAt { get; set; }

    public long? ReceivedAt { get; set; }

    public long JournalSequence { get; set; }

    /// <summary>The row of the audit log whose digest covers the register's answer; 0 where it was not asked.</summary>
    public long AuditSequence { get; set; }
}
