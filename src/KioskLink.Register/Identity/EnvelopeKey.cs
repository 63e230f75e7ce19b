using System.Security.Cryptography;
using KioskLink.Rules.Cards;

namespace KioskLink.Register.Identity;

/// <summary>The key pair of envelopes: nodes seal card numbers to it, only the register opens them. Thread-safe.</summary>
internal sealed class EnvelopeKey(ECDiffieHellman key) : IDisposable
{
    private readonly Lock _gate = new();

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public byte[] PublicKey { get; } = key.ExportSubjectPublicKeyInfo();

    /// <summary>Opens an envelope; null when it is damaged or sealed to another key.</summary>
    public string? Open(ReadOnlySpan<byte> envelope)
    {
        lock (_gate)
        {
            return CardEnvelope.Open(key, envelope);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();
}
