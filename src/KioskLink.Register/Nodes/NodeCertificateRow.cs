using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Nodes;

/// <summary>A certificate that a node was given.</summary>
[Table("node_certificates")]
[PrimaryKey(nameof(Consortium), nameof(Serial))]
internal sealed record NodeCertificateRow
{
    public required string Consortium { get; set; }

    public required string Serial { get; set; }

    public required string NodeId { get; set; }

    public long IssuedAt { get; set; }

    public long EndsAt { get; set; }

    public long? RevokedAt { get; set; }
}
