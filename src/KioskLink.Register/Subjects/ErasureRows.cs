using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Subjects;

/// <summary>That somebody was erased, without a word of whom.</summary>
[Table("erasures")]
internal sealed record ErasureRow
{
    [Key]
    public long ErasureId { get; set; }

    public required string Consortium { get; set; }

    /// <summary>`request`, or a rule of retention.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Why, in staff's words; it names nobody.</summary>
    public string Ground { get; set; } = "";

    public int Cards { get; set; }

    /// <summary>The version that tells the nodes; 0 until it is noted.</summary>
    public long Version { get; set; }

    public long ErasedAt { get; set; }

    public string ErasedBy { get; set; } = "";
}

/// <summary>The key that makes the marks of what was erased, under the master key.</summary>
[Table("erasure_keys")]
internal sealed record ErasureKeyRow
{
    [Key]
    public required string Consortium { get; set; }

    public byte[] SealedKey { get; set; } = [];
}

/// <summary>A keyed hash of a customer id, identity code or card number that was erased, so that no file brings it back.</summary>
[Table("erased_marks")]
[PrimaryKey(nameof(Consortium), nameof(Mark))]
internal sealed record ErasedMarkRow
{
    public required string Consortium { get; set; }

    public byte[] Mark { get; set; } = [];

    public long ErasedAt { get; set; }

    /// <summary>When staff registered the person anew; null while the mark counts.</summary>
    public long? ReturnedAt { get; set; }
}

/// <summary>A card's token that a node has still to forget.</summary>
[Table("node_erasures")]
[PrimaryKey(nameof(Consortium), nameof(NodeId), nameof(Card))]
internal sealed record NodeErasureRow
{
    public required string Consortium { get; set; }

    public required string NodeId { get; set; }

    /// <summary>The register's own number of a card that is gone.</summary>
    public required string Card { get; set; }

    public byte[] Token { get; set; } = [];
}

/// <summary>A system beside the register that has still to delete a person.</summary>
[Table("erasure_notices")]
internal sealed record ErasureNoticeRow
{
    [Key]
    public long NoticeId { get; set; }

    public required string Consortium { get; set; }

    public long ErasureId { get; set; }

    public string Recipient { get; set; } = "";

    /// <summary>The customer id, sealed; empty once the recipient has confirmed.</summary>
    public byte[] Customer { get; set; } = [];

    public long MadeAt { get; set; }

    public long? ConfirmedAt { get; set; }

    public string ConfirmedBy { get; set; } = "";
}
