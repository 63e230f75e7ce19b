using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Cards;

/// <summary>The PIN guesses on one number, a card's or nobody's; it tells nothing of the number but a blind index.</summary>
[Table("guesses")]
[PrimaryKey(nameof(Consortium), nameof(NumberIndex))]
internal sealed record GuessRow
{
    public required string Consortium { get; set; }

    public byte[] NumberIndex { get; set; } = [];

    /// <summary>The card; 0 when nobody has the number.</summary>
    public long CardId { get; set; }

    /// <summary>Serialised guess state, as the log tells it.</summary>
    public byte[] State { get; set; } = [];

    /// <summary>Serialised attempts behind it.</summary>
    public byte[] Attempts { get; set; } = [];

    /// <summary>Whether a guess was reserved whose end nobody has told yet.</summary>
    public bool InFlight { get; set; }

    public long TouchedAt { get; set; }
}
