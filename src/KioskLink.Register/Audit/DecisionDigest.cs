using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace KioskLink.Register.Audit;

/// <summary>
/// The digest by which one row of the audit log covers a batch of decisions: what the register answered to which attempt, and
/// when. These columns never change; what retention and erasure may blank is not among them. Pure.
/// </summary>
internal static class DecisionDigest
{
    /// <summary>The action of a row that stands for a batch of decisions.</summary>
    public const string Action = "AccessService/AuthorizeEntry";

    /// <summary>What one decision adds.</summary>
    public static byte[] Leaf(string node, string attempt, int code, long answeredAt)
    {
        var text = Encoding.UTF8.GetBytes($"{node}\0{attempt}\0");
        var bytes = new byte[text.Length + sizeof(int) + sizeof(long)];
        text.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(text.Length), code);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(text.Length + sizeof(int)), answeredAt);
        return SHA256.HashData(bytes);
    }

    /// <summary>The digest of a batch, whatever its order.</summary>
    public static byte[] Of(IEnumerable<byte[]> leaves)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var leaf in leaves.OrderBy(leaf => Convert.ToHexString(leaf), StringComparer.Ordinal))
        {
            hash.AppendData(leaf);
        }

        return hash.GetHashAndReset();
    }
}
