using System.Security.Cryptography;
using KioskLink.Rules.Cards;

namespace KioskLink.Rules.Pins;

/// <summary>
/// How a node checks a PIN without holding its verifier: HMAC-SHA256(k_pin, token ‖ salt ‖ V), bound to card and node key.
/// Pure and thread-safe.
/// </summary>
public static class PinProofs
{
    /// <summary>Length of a proof in bytes.</summary>
    public const int Length = 32;

    /// <summary>The proof of a verifier.</summary>
    /// <exception cref="ArgumentException">A part has not its length (token 16, salt 16, verifier 32 bytes).</exception>
    public static byte[] Of(ReadOnlySpan<byte> kPin, ReadOnlySpan<byte> token, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> verifier)
    {
        PinHashes.RequireSalt(salt);
        if (token.Length != CardToken.Length || verifier.Length != PinHashes.VerifierLength)
        {
            throw new ArgumentException($"A proof takes a token of {CardToken.Length} and a verifier of {PinHashes.VerifierLength} bytes.");
        }

        Span<byte> parts = stackalloc byte[CardToken.Length + PinHashes.SaltLength + PinHashes.VerifierLength];
        token.CopyTo(parts);
        salt.CopyTo(parts[CardToken.Length..]);
        verifier.CopyTo(parts[(CardToken.Length + PinHashes.SaltLength)..]);
        var proof = HMACSHA256.HashData(kPin, parts);
        CryptographicOperations.ZeroMemory(parts);
        return proof;
    }

    /// <summary>Whether two proofs are equal, in a time that does not depend on them.</summary>
    public static bool Matches(ReadOnlySpan<byte> held, ReadOnlySpan<byte> computed) =>
        CryptographicOperations.FixedTimeEquals(held, computed);
}
