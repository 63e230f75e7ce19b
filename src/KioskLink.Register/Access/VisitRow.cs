using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Access;

/// <summary>The last grant of a card at a branch; it brings the card into the branch's scope <c>visited</c>.</summary>
[Table("visits")]
[PrimaryKey(nameof(CardId), nameof(BranchId))]
internal sealed record VisitRow
{
    public long CardId { get; set; }

    public required string BranchId { get; set; }

    public required string Consortium { get; set; }

    /// <summary>When; once the door log forgets the entry, its week (<see cref="VisitWeeks"/>).</summary>
    public long GrantedAt { get; set; }

    /// <summary>Whether only the week is left.</summary>
    public bool ByWeek { get; set; }
}
