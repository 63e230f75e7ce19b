using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Nodes;

/// <summary>A one-time enrolment; only the hash of its secret is kept.</summary>
[Table("enrollments")]
[PrimaryKey(nameof(Consortium), nameof(SecretHash))]
internal sealed record EnrollmentRow
{
    public required string Consortium { get; set; }

    public byte[] SecretHash { get; set; } = [];

    public required string BranchId { get; set; }

    public required string NodeId { get; set; }

    public long ExpiresAt { get; set; }

    public long? UsedAt { get; set; }

    public string CreatedBy { get; set; } = "";
}
