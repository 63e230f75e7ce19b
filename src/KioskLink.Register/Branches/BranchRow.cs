using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Branches;

/// <summary>A branch as it was applied.</summary>
[Table("branches")]
[PrimaryKey(nameof(Consortium), nameof(BranchId))]
internal sealed record BranchRow
{
    public required string Consortium { get; set; }

    public required string BranchId { get; set; }

    /// <summary>The branch as proto JSON.</summary>
    public string Branch { get; set; } = "";

    public long UpdatedAt { get; set; }
}
