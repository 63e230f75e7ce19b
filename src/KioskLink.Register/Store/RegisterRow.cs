using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace KioskLink.Register.Store;

/// <summary>The one row that counts the change log's versions and proves the master key.</summary>
[Table("register")]
internal sealed record RegisterRow
{
    [Key]
    public required string Consortium { get; set; }

    public string Epoch { get; set; } = "";

    public long Version { get; set; }

    public long LogFloor { get; set; }

    public long FloorTime { get; set; }

    public byte[] KeyCheck { get; set; } = [];
}
