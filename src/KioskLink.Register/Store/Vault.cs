using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Register.Store;

/// <summary>
/// Seals with AES-256-GCM under the master key, every box bound to what it stands for, and makes blind indexes (DESIGN 6).
/// A box is nonce (12) ‖ tag (16) ‖ ciphertext. Thread-safe.
/// </summary>
internal sealed class Vault(MasterKey key, string consortium)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Names the key that seals now.</summary>
    public string KeyId => key.Id;

    /// <summary>Seals a secret so that it opens only under the same binding.</summary>
    public byte[] Seal(ReadOnlySpan<byte> secret, string binding)
    {
        var box = new byte[NonceBytes + TagBytes + secret.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key.Sealing, TagBytes);
        aes.Encrypt(
            box.AsSpan(0, NonceBytes),
            secret,
            box.AsSpan(NonceBytes + TagBytes),
            box.AsSpan(NonceBytes, TagBytes),
            Bound(binding));
        return box;
    }

    /// <summary>
    /// Seals as <see cref="Seal"/> does, but the same secret under the same salt into the same box, and under another salt into another
    /// one: for what must look the same to one who looks twice, and not to two who compare.
    /// </summary>
    public byte[] SealAlike(ReadOnlySpan<byte> secret, string binding, string salt)
    {
        var box = new byte[NonceBytes + TagBytes + secret.Length];
        Span<byte> nonce = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Blinding, Bound($"alike\0{binding}\0{salt}\0{Convert.ToHexString(secret)}"), nonce);
        nonce[..NonceBytes].CopyTo(box);
        using var aes = new AesGcm(key.Sealing, TagBytes);
        aes.Encrypt(nonce[..NonceBytes], secret, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), Bound(binding));
        return box;
    }

    /// <summary>Opens a box.</summary>
    /// <exception cref="CryptographicException">Another key, another binding or a damaged box.</exception>
    public byte[] Open(ReadOnlySpan<byte> box, string binding)
    {
        var secret = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key.Sealing, TagBytes);
        aes.Decrypt(box[..NonceBytes], box[(NonceBytes + TagBytes)..], box.Slice(NonceBytes, TagBytes), secret, Bound(binding));
        return secret;
    }

    /// <summary>Seals a card number.</summary>
    public byte[] SealCardNumber(string number) => Seal(Encoding.ASCII.GetBytes(number), "card");

    /// <summary>Opens a card number.</summary>
    public string OpenCardNumber(ReadOnlySpan<byte> box) => Encoding.ASCII.GetString(Open(box, "card"));

    /// <summary>Blind index of a normalised card number; badges share it, since both are read by the same reader.</summary>
    public BlindIndex CardIndex(string number) => Index("card", number);

    /// <summary>Blind index of an upper-case identity code.</summary>
    public BlindIndex IdentityIndex(string identityCode) => Index("identity", identityCode);

    /// <summary>Blind index of an application's content.</summary>
    public BlindIndex ApplicationIndex(Applicant content) => Index("application", Convert.ToHexString(SHA256.HashData(content.ToByteArray())));

    private BlindIndex Index(string kind, string value)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Blinding, Bound($"{kind}\0{value}"), hash);
        return BlindIndex.Read(hash);
    }

    private byte[] Bound(string binding) => Encoding.UTF8.GetBytes($"{consortium}\0{binding}");
}
