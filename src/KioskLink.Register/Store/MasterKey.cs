using System.Security.Cryptography;

namespace KioskLink.Register.Store;

/// <summary>
/// The key that stands outside the database (DESIGN 6): it seals what must be read again and blinds what must be found
/// again. Immutable and thread-safe.
/// </summary>
internal sealed class MasterKey
{
    /// <summary>Length of the key file, bytes.</summary>
    public const int Length = 32;

    private const int KeyIdBytes = 4;

    private readonly byte[] _sealing;
    private readonly byte[] _blinding;

    /// <summary>Derives the sealing and the blinding key; the caller may wipe its copy afterwards.</summary>
    /// <exception cref="StoreProblem">The key is not 32 bytes long.</exception>
    public MasterKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Length)
        {
            throw new StoreProblem($"The master key is {key.Length} bytes long instead of {Length}: give the file that `kiosklink register init` wrote.");
        }

        _sealing = Derive(key, "kiosklink seal"u8);
        _blinding = Derive(key, "kiosklink blind index"u8);
        Id = Convert.ToHexStringLower(Derive(key, "kiosklink key id"u8).AsSpan(0, KeyIdBytes));
    }

    /// <summary>Names the key in rows that were sealed with it; tells nothing about it.</summary>
    public string Id { get; }

    /// <summary>The AES-256 key for sealing.</summary>
    public ReadOnlySpan<byte> Sealing => _sealing;

    /// <summary>The HMAC key of blind indexes.</summary>
    public ReadOnlySpan<byte> Blinding => _blinding;

    private static byte[] Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> purpose)
    {
        var derived = new byte[Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, [], purpose);
        return derived;
    }
}
