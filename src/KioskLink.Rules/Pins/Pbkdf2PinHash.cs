using System.Security.Cryptography;

namespace KioskLink.Rules.Pins;

/// <summary>PBKDF2-HMAC-SHA256 with 600 000 iterations (RFC 8018), where libsodium is missing; about 150 ms. Thread-safe.</summary>
public sealed class Pbkdf2PinHash : IPinHash
{
    /// <summary>The algorithm's id.</summary>
    public const string Id = "pbkdf2-sha256-600000";

    private const int Iterations = 600_000;

    /// <inheritdoc/>
    public string Algorithm => Id;

    /// <inheritdoc/>
    public byte[] Hash(ReadOnlySpan<byte> pin, ReadOnlySpan<byte> salt)
    {
        PinHashes.RequireSalt(salt);
        return Rfc2898DeriveBytes.Pbkdf2(pin, salt, Iterations, HashAlgorithmName.SHA256, PinHashes.VerifierLength);
    }
}
