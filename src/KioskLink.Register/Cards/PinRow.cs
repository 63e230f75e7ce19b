using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace KioskLink.Register.Cards;

/// <summary>A card's PIN verifier: the slow hash, sealed under the master key (DESIGN 6).</summary>
[Table("pins")]
internal sealed record PinRow
{
    [Key]
    [DatabaseGenerated(DatabaseGeneratedOption.None)]
    public long CardId { get; set; }

    public required string Consortium { get; set; }

    public string Algorithm { get; set; } = "";

    public byte[] Salt { get; set; } = [];

    public byte[] Sealed { get; set; } = [];

    public string KeyId { get; set; } = "";

    public long ChangedAt { get; set; }
}
