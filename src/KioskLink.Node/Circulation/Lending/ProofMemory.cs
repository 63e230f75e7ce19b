using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;

namespace KioskLink.Circulation.Lending;

/// <summary>
/// What the register gave for a right PIN, by machine and card, so that a patron's next item costs no hash. Only a session that has proven the PIN itself
/// asks for it. In memory, the cards as digests under a key of this process. Thread-safe.
/// </summary>
internal sealed class ProofMemory(TimeProvider time)
{
    /// <summary>How long a proof is used: less than the 5 minutes for which it stands.</summary>
    public static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(4);

    /// <summary>Proofs that are remembered; beyond it all are forgotten at once, and PINs are verified again.</summary>
    public const int Limit = 4096;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (ByteString Proof, long At)> _proofs = new(StringComparer.Ordinal);

    /// <summary>The proof of a card at a machine; null for none.</summary>
    public ByteString? Find(string login, string card)
    {
        lock (_gate)
            return _proofs.TryGetValue(KeyOf(login, card), out var kept) && time.GetElapsedTime(kept.At) < ValidFor ? kept.Proof : null;
    }

    /// <summary>Remembers a proof.</summary>
    public void Keep(string login, string card, ByteString proof)
    {
        lock (_gate)
        {
            if (_proofs.Count >= Limit)
                _proofs.Clear();
            _proofs[KeyOf(login, card)] = (proof, time.GetTimestamp());
        }
    }

    /// <summary>Forgets a proof that no longer stands.</summary>
    public void Forget(string login, string card)
    {
        lock (_gate)
            _proofs.Remove(KeyOf(login, card));
    }

    private string KeyOf(string login, string card) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{login}|{card}")));
}
