using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace KioskLink.Register.Audit;

/// <summary>
/// The link between two rows: SHA-256 over the hash before and every field of the row, each with its length in front, so that
/// no two rows give the same bytes. Pure.
/// </summary>
internal static class AuditHash
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    /// <summary>What the first row follows.</summary>
    public static byte[] Genesis { get; } = new byte[Length];

    /// <summary>The hash of a row that follows another.</summary>
    public static byte[] Next(ReadOnlySpan<byte> before, AuditRow row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        Add(hash, row.Consortium);
        Add(hash, row.Sequence);
        Add(hash, row.At);
        Add(hash, row.Actor);
        Add(hash, row.Role);
        Add(hash, row.Action);
        Add(hash, row.Purpose);
        Add(hash, row.Subjects);
        Add(hash, row.Fields);
        Add(hash, row.Device);
        Add(hash, row.Result);
        Add(hash, row.Reason);
        Add(hash, row.Calls);
        Add(hash, row.Digest is null ? -1 : row.Digest.Length);
        hash.AppendData(row.Digest ?? []);
        return hash.GetHashAndReset();
    }

    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
