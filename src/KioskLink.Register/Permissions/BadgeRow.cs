using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Permissions;

/// <summary>A badge of staff, guards, cleaners or rescue as stored.</summary>
[Table("badges")]
[PrimaryKey(nameof(Consortium), nameof(BadgeRef))]
internal sealed record BadgeRow
{
    public required string Consortium { get; set; }

    public required string BadgeRef { get; set; }

    public byte[] NumberIndex { get; set; } = [];

    public byte[] SealedNumber { get; set; } = [];

    /// <summary>The badge as proto JSON.</summary>
    public string Badge { get; set; } = "";

    public long UpdatedAt { get; set; }
}
