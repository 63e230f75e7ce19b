using System.Buffers.Binary;
using System.Security.Cryptography;

namespace KioskLink.Node.Replica;

/// <summary>Keys of entities in memory: 16 bytes as a number; a branch id is hashed to that length.</summary>
internal static class EntityKey
{
    private const int Length = 16;

    /// <summary>The key of a token or branch id.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> entity) =>
        BinaryPrimitives.ReadUInt128BigEndian(entity.Length == Length ? entity : SHA256.HashData(entity).AsSpan(0, Length));
}
