using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Nodes;

/// <summary>An enrolled node as stored.</summary>
[Table("nodes")]
[PrimaryKey(nameof(Consortium), nameof(NodeId))]
internal sealed record NodeRow
{
    public required string Consortium { get; set; }

    public required string NodeId { get; set; }

    public required string BranchId { get; set; }

    public int Custody { get; set; }

    /// <summary>The node key under the master key, bound to the node.</summary>
    public byte[] SealedKey { get; set; } = [];

    public long EnrolledAt { get; set; }

    public long? RevokedAt { get; set; }

    public string RevokeReason { get; set; } = "";

    public long CertificateEnds { get; set; }

    /// <summary>Epoch of the last confirmed position.</summary>
    public string Epoch { get; set; } = "";

    /// <summary>Version of the last confirmed position.</summary>
    public long Version { get; set; }

    public long? ConfirmedAt { get; set; }
}
