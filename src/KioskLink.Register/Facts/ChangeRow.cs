using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Facts;

/// <summary>A row of the change log: the whole door facts of one entity at one version.</summary>
[Table("change_log")]
[PrimaryKey(nameof(Consortium), nameof(Version))]
internal sealed record ChangeRow
{
    public required string Consortium { get; set; }

    [DatabaseGenerated(DatabaseGeneratedOption.None)]
    public long Version { get; set; }

    public long CommitTime { get; set; }

    public int Kind { get; set; }

    public required string EntityId { get; set; }

    public bool Priority { get; set; }

    /// <summary>Serialised facts; null when the entity is gone.</summary>
    public byte[]? Facts { get; set; }
}
