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

    private const byte Version = 1;
    private const int SpkiLength = 91;
    private const int TagLength = 16;
    private const int KeyLength = 32;

    // Each key encrypts one number only, so the nonce may be constant.
    private static readonly byte[] Nonce = new byte[12];

    /// <summary>Seals a normalised card number.</summary>
    /// <param name="registerPublicKeySpki">The register's P-256 public key as SubjectPublicKeyInfo (RFC 5280).</param>
    /// <param name="cardNumber">The number, ASCII, at most <see cref="CardNumber.MaxLength"/> characters.</param>
    /// <exception cref="CryptographicException">The public key is none.</exception>
    public static byte[] Seal(ReadOnlySpan<byte> registerPublicKeySpki, string cardNumber)
    {
        ArgumentNullException.ThrowIfNull(cardNumber);
        using var register = ECDiffieHellman.Create();
        register.ImportSubjectPublicKeyInfo(registerPublicKeySpki, out _);
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var spki = ephemeral.ExportSubjectPublicKeyInfo();
        var padded = new byte[CardNumber.MaxLength];
        Encoding.ASCII.GetBytes(cardNumber, padded);

        var envelope = new byte[Length];
        envelope[0] = Version;
        spki.CopyTo(envelope, 1);
        var key = DeriveKey(ephemeral, register.PublicKey, spki);
        using (var aes = new AesGcm(key, TagLength))
        {
            aes.Encrypt(Nonce, padded, Sealed(envelope), Tag(envelope), Header(envelope));
        }

        CryptographicOperations.ZeroMemory(key);
        CryptographicOperations.ZeroMemory(padded);
        return envelope;
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

    private static Span<byte> Header(byte[] envelope) => envelope.AsSpan(0, 1 + SpkiLength);

    private static Span<byte> Tag(byte[] envelope) => envelope.AsSpan(1 + SpkiLength, TagLength);

    private static Span<byte> Sealed(byte[] envelope) => envelope.AsSpan(1 + SpkiLength + TagLength);

    private static byte[] DeriveKey(ECDiffieHellman own, ECDiffieHellmanPublicKey other, byte[] ephemeralSpki)
    {
        var secret = own.DeriveRawSecretAgreement(other);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, KeyLength, salt: ephemeralSpki, info: "kiosklink card envelope 1"u8.ToArray());
        CryptographicOperations.ZeroMemory(secret);
        return key;
    }
}
