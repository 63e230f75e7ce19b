using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Sync;

/// <summary>Up to when a sweep has looked.</summary>
[Table("sweeps")]
[PrimaryKey(nameof(Consortium), nameof(Name))]
internal sealed record SweepRow
{
    public required string Consortium { get; set; }

    public required string Name { get; set; }

    public long RunAt { get; set; }
}
