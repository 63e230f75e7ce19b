using System.Security.Cryptography;
using System.Text;

namespace KioskLink.Rules.Cards;

/// <summary>
/// A card number encrypted to the register's public key, which whoever sealed it cannot open again: an ephemeral ECDH P-256 key,
/// HKDF-SHA256, AES-256-GCM. Layout: version (1 byte) ‖ ephemeral public key (SPKI, 91 bytes) ‖ tag (16) ‖ number padded to 32.
/// Thread-safe.
/// </summary>
public static class CardEnvelope
{
    /// <summary>Length of every envelope in bytes, whatever the number's length.</summary>
    public const int Length = 1 + SpkiLength + TagLength + CardNumber.MaxLength;

    internal const byte Version = 1;
    internal const int TagLength = 16;
    private const int SpkiLength = 91;
    private const int KeyLength = 32;

    // Each key encrypts one number only, so the nonce may be constant.
    internal static readonly byte[] Nonce = new byte[12];

    /// <summary>Seals a normalised card number.</summary>
    /// <param name="registerPublicKeySpki">The register's P-256 public key as SubjectPublicKeyInfo (RFC 5280).</param>
    /// <param name="cardNumber">The number, ASCII, at most <see cref="CardNumber.MaxLength"/> characters.</param>
    /// <exception cref="CryptographicException">The public key is none.</exception>
    public static byte[] Seal(ReadOnlySpan<byte> registerPublicKeySpki, string cardNumber)
    {
        using var register = ECDiffieHellman.Create();
        register.ImportSubjectPublicKeyInfo(registerPublicKeySpki, out _);
        using var publicKey = register.PublicKey;
        return new BlankEnvelope(publicKey).Seal(cardNumber);
    }

    /// <summary>Opens an envelope with the register's private key; null when it is damaged or sealed to another key.</summary>
    public static string? Open(ECDiffieHellman privateKey, ReadOnlySpan<byte> envelope)
    {
        ArgumentNullException.ThrowIfNull(privateKey);
        if (envelope.Length != Length || envelope[0] != Version)
        {
            return null;
        }

        var copy = envelope.ToArray();
        try
        {
            using var ephemeral = ECDiffieHellman.Create();
            var spki = copy.AsSpan(1, SpkiLength).ToArray();
            ephemeral.ImportSubjectPublicKeyInfo(spki, out _);
            using var aes = new AesGcm(DeriveKey(privateKey, ephemeral.PublicKey, spki), TagLength);
            var padded = new byte[CardNumber.MaxLength];
            aes.Decrypt(Nonce, Sealed(copy), Tag(copy), padded, Header(copy));
            return Encoding.ASCII.GetString(padded).TrimEnd('\0');
        }
        catch (Exception error) when (error is CryptographicException or PlatformNotSupportedException)
        {
            return null;
        }
    }

    internal static Span<byte> Header(byte[] envelope) => envelope.AsSpan(0, 1 + SpkiLength);

    internal static Span<byte> Tag(byte[] envelope) => envelope.AsSpan(1 + SpkiLength, TagLength);

    internal static Span<byte> Sealed(byte[] envelope) => envelope.AsSpan(1 + SpkiLength + TagLength);

    internal static byte[] DeriveKey(ECDiffieHellman own, ECDiffieHellmanPublicKey other, byte[] ephemeralSpki)
    {
        var secret = own.DeriveRawSecretAgreement(other);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, KeyLength, salt: ephemeralSpki, info: "kiosklink card envelope 1"u8.ToArray());
        CryptographicOperations.ZeroMemory(secret);
        return key;
    }
}
