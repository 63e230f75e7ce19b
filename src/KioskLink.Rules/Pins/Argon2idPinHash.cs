namespace KioskLink.Rules.Pins;

/// <summary>Argon2id with 19 MiB, two passes and one lane (RFC 9106) by libsodium; about 10 ms. Thread-safe.</summary>
public sealed class Argon2idPinHash : IPinHash
{
    /// <summary>The algorithm's id.</summary>
    public const string Id = "argon2id-19m-t2-p1";

    private const ulong Passes = 2;
    private const nuint MemoryBytes = 19 * 1024 * 1024;

    /// <summary>Whether libsodium is installed here and starts.</summary>
    public static bool IsAvailable => Libsodium.IsAvailable;

    /// <inheritdoc/>
    public string Algorithm => Id;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">libsodium is missing, or there is no memory for the hash.</exception>
    public byte[] Hash(ReadOnlySpan<byte> pin, ReadOnlySpan<byte> salt)
    {
        PinHashes.RequireSalt(salt);
        if (!IsAvailable)
        {
            throw new InvalidOperationException("libsodium is not installed (Debian package libsodium23): Argon2id cannot be computed here.");
        }

        var verifier = new byte[PinHashes.VerifierLength];
        return Libsodium.Argon2id(verifier, pin, salt, Passes, MemoryBytes)
            ? verifier
            : throw new InvalidOperationException("Argon2id was refused 19 MiB of memory.");
    }
}
