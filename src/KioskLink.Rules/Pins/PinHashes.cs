namespace KioskLink.Rules.Pins;

/// <summary>The slow hashes that this machine can run. Thread-safe.</summary>
public static class PinHashes
{
    /// <summary>Length of a salt in bytes.</summary>
    public const int SaltLength = 16;

    /// <summary>Length of a verifier in bytes.</summary>
    public const int VerifierLength = 32;

    private static readonly IPinHash Pbkdf2 = new Pbkdf2PinHash();
    private static readonly Lazy<IPinHash?> Argon2id = new(() => Argon2idPinHash.IsAvailable ? new Argon2idPinHash() : null);

    /// <summary>The one for new verifiers: Argon2id, or PBKDF2 where libsodium is missing.</summary>
    public static IPinHash Best => Argon2id.Value ?? Pbkdf2;

    /// <summary>The one with an id; null when this machine cannot run it.</summary>
    public static IPinHash? Find(string algorithm) => algorithm switch
    {
        Argon2idPinHash.Id => Argon2id.Value,
        Pbkdf2PinHash.Id => Pbkdf2,
        _ => null,
    };

    internal static void RequireSalt(ReadOnlySpan<byte> salt)
    {
        if (salt.Length != SaltLength)
        {
            throw new ArgumentException($"A salt has {SaltLength} bytes, not {salt.Length}.", nameof(salt));
        }
    }
}
