using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Events;

/// <summary>A record of a node's journal, as it came.</summary>
[Table("journal_records")]
[PrimaryKey(nameof(Consortium), nameof(NodeId), nameof(JournalId), nameof(Sequence))]
internal sealed record JournalRecordRow
{
    public required string Consortium { get; set; }

    public required string NodeId { get; set; }

    public required string JournalId { get; set; }

    public long Sequence { get; set; }

    public byte[] Open { get; set; } = [];

    public byte[] PersonalHash { get; set; } = [];

    public byte[] Salt { get; set; } = [];

    public byte[] Personal { get; set; } = [];

    public byte[] Hash { get; set; } = [];

    public long ReceivedAt { get; set; }
}
