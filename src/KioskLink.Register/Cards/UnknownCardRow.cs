using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Cards;

/// <summary>Guesses spent on a number that is nobody's card; the table is bounded and tells nothing but a blind index.</summary>
[Table("unknown_cards")]
[PrimaryKey(nameof(Consortium), nameof(NumberIndex))]
internal sealed record UnknownCardRow
{
    public required string Consortium { get; set; }

    public byte[] NumberIndex { get; set; } = [];

    public byte[] Guesses { get; set; } = [];

    public long TouchedAt { get; set; }
}
