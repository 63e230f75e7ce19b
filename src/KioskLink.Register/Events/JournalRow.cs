using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Events;

/// <summary>A journal of a node and up to where the register holds it.</summary>
[Table("journals")]
[PrimaryKey(nameof(Consortium), nameof(NodeId), nameof(JournalId))]
internal sealed record JournalRow
{
    public required string Consortium { get; set; }

    public required string NodeId { get; set; }

    public required string JournalId { get; set; }

    public long Sequence { get; set; }

    public byte[] Hash { get; set; } = [];

    public long OpenedAt { get; set; }

    public long UpdatedAt { get; set; }
}
