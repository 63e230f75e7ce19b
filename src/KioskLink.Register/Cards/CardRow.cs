using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace KioskLink.Register.Cards;

/// <summary>A library card as stored: its number is sealed and found by blind index.</summary>
[Table("cards")]
internal sealed record CardRow
{
    [Key]
    public long CardId { get; set; }

    public required string Consortium { get; set; }

    public long PatronId { get; set; }

    public byte[] NumberIndex { get; set; } = [];

    public byte[] SealedNumber { get; set; } = [];

    public string ExpiresOn { get; set; } = "";

    public bool Lost { get; set; }

    public long? LastUsedAt { get; set; }

    public long CreatedAt { get; set; }

    public long UpdatedAt { get; set; }
}
