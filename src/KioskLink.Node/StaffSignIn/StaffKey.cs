using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using KioskLink.Rules.Cards;
using KioskLink.Rules.Pins;

namespace KioskLink.Node.StaffSignIn;

/// <summary>The node's key of staff: derived from the node key, so that a disk without it tells no name and proves no password. Pure and thread-safe.</summary>
/// <param name="keys">The node's keys.</param>
internal sealed class StaffKey(NodeKeys keys)
{
    /// <summary>Length of a token in bytes.</summary>
    public const int TokenLength = 16;

    private const int KeyLength = 32;
    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, keys.KPin, KeyLength, info: "kiosklink k_staff 1"u8.ToArray());

    /// <summary>The token of an account's name, which the register takes in lower case.</summary>
    public byte[] TokenOf(string userName) => Mac($"account\0{userName.ToLowerInvariant()}")[..TokenLength];

    /// <summary>The token of a source.</summary>
    public byte[] SourceOf(string address) => Mac($"source\0{address}")[..TokenLength];

    /// <summary>The proof of a password: its slow hash under the key, bound to all that is kept beside it.</summary>
    /// <param name="password">UTF-8; the caller wipes it.</param>
    /// <param name="account">What is kept; its own proof is not looked at.</param>
    public byte[] ProofOf(ReadOnlySpan<byte> password, KeptAccount account)
    {
        var hash = PinHashes.Find(account.Algorithm) ?? PinHashes.Best;
        var verifier = hash.Hash(password, account.Salt);
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        Span<byte> ends = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(ends, account.EndsAtMs);
        foreach (var part in new[] { "proof"u8.ToArray(), account.Token, account.Salt, verifier, ends.ToArray(), account.Stamp, Text($"{account.Ref}\0{string.Join(',', account.Roles)}") })
            mac.AppendData(part);
        CryptographicOperations.ZeroMemory(verifier);
        return mac.GetHashAndReset();
    }

    private byte[] Mac(string text) => HMACSHA256.HashData(_key, Text(text));

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
