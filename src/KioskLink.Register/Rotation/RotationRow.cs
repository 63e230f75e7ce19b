using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace KioskLink.Register.Rotation;

/// <summary>How far a rotation of the master key has come; there is no row when none is under way.</summary>
[Table("key_rotations")]
internal sealed record RotationRow
{
    [Key]
    public required string Consortium { get; set; }

    /// <summary>Id of the key that takes over.</summary>
    public required string NewKey { get; set; }

    /// <summary>Which table is being sealed anew, see <see cref="Resealing.Tables"/>.</summary>
    public int TableNumber { get; set; }

    /// <summary>The table's last row that is sealed anew.</summary>
    public long After { get; set; }

    public long RowsDone { get; set; }

    /// <summary>Whether every row is sealed anew.</summary>
    public bool Sealed { get; set; }
}
