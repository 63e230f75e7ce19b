using KioskLink.Register.Facts;
using KioskLink.Register.Store;

namespace KioskLink.Register.Cards;

/// <summary>Seals PIN verifiers, each bound to patron, algorithm, salt and key id (DESIGN 6).</summary>
internal static class PinSeal
{
    /// <summary>Seals V.</summary>
    public static PinVerifier Seal(this Vault vault, ReadOnlySpan<byte> verifier, long patronId, string algorithm, byte[] salt) =>
        new(algorithm, salt, vault.Seal(verifier, Binding(patronId, algorithm, salt, vault.KeyId)), vault.KeyId);

    /// <summary>Opens V; the caller wipes it.</summary>
    public static byte[] OpenVerifier(this Vault vault, PinVerifier pin, long patronId) =>
        vault.Open(pin.Sealed, Binding(patronId, pin.Algorithm, pin.Salt, pin.KeyId));

    private static string Binding(long patronId, string algorithm, byte[] salt, string keyId) =>
        $"pin\0{patronId}\0{algorithm}\0{Convert.ToHexStringLower(salt)}\0{keyId}";
}
