namespace KioskLink.Rules.Pins;

/// <summary>A slow hash that turns a PIN and a salt into a verifier. Implementations are thread-safe.</summary>
public interface IPinHash
{
    /// <summary>The id that is stored beside every verifier (`argon2id-19m-t2-p1`).</summary>
    string Algorithm { get; }

    /// <summary>The verifier, 32 bytes. The caller wipes the PIN.</summary>
    /// <param name="pin">ASCII digits.</param>
    /// <param name="salt">16 random bytes.</param>
    /// <exception cref="ArgumentException">The salt has not 16 bytes.</exception>
    byte[] Hash(ReadOnlySpan<byte> pin, ReadOnlySpan<byte> salt);
}
