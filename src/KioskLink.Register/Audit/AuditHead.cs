using System.Buffers.Binary;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using System.Security.Cryptography;
using KioskLink.Register.Store;

namespace KioskLink.Register.Audit;

/// <summary>
/// Where the chain ends and where it begins, sealed under the master key: whoever can write the database and has not the key
/// can cut nothing off and put nothing in its place unseen.
/// </summary>
/// <param name="Sequence">The last row; 0 when there is none.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="FloorSequence">The last row that its retention rule deleted; 0 when there is none.</param>
/// <param name="FloorHash">Its hash: what the first row that is left follows.</param>
internal sealed record AuditHead(long Sequence, byte[] Hash, long FloorSequence, byte[] FloorHash)
{
    private const string Binding = "audit head";

    /// <summary>The head of a chain without rows.</summary>
    public static AuditHead Empty { get; } = new(0, AuditHash.Genesis, 0, AuditHash.Genesis);

    /// <summary>The seal for a row of the database.</summary>
    public byte[] Seal(Vault vault) => vault.Seal(ToBytes(), Binding);

    /// <summary>Whether a seal is this head's.</summary>
    public bool IsSealedBy(byte[] seal, Vault vault)
    {
        try
        {
            return CryptographicOperations.FixedTimeEquals(vault.Open(seal, Binding), ToBytes());
        }
        catch (Exception broken) when (broken is CryptographicException or ArgumentException or OverflowException)
        {
            return false;
        }
    }

    private byte[] ToBytes()
    {
        var bytes = new byte[(2 * sizeof(long)) + Hash.Length + FloorHash.Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Sequence);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(sizeof(long)), FloorSequence);
        Hash.CopyTo(bytes, 2 * sizeof(long));
        FloorHash.CopyTo(bytes, (2 * sizeof(long)) + Hash.Length);
        return bytes;
    }
}

/// <summary>The head as stored.</summary>
[Table("audit_heads")]
internal sealed record AuditHeadRow
{
    [Key]
    public required string Consortium { get; set; }

    public long Sequence { get; set; }

    public byte[] Hash { get; set; } = [];

    public long FloorSequence { get; set; }

    public byte[] FloorHash { get; set; } = [];

    public byte[] Seal { get; set; } = [];

    /// <summary>The end of a chain that has no row yet: a register has one from its first start, so that none at all is a trace.</summary>
    public static AuditHeadRow First(string consortium, Vault vault) => new()
    {
        Consortium = consortium,
        Hash = AuditHead.Empty.Hash,
        FloorHash = AuditHead.Empty.FloorHash,
        Seal = AuditHead.Empty.Seal(vault),
    };

    /// <summary>What the row says.</summary>
    public AuditHead ToHead() => new(Sequence, Hash, FloorSequence, FloorHash);
}
