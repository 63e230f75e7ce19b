using System.Collections.Concurrent;
using System.Security.Cryptography;
using KioskLink.Node.Hosting;
using KioskLink.Rules.Cards;

namespace KioskLink.Node.Enrolment;

/// <summary>
/// Seals card numbers for the register. A few blank envelopes are kept ready by a thread of their own, so that neither a patron waits
/// for their keys nor any other work of the door for the processor that makes them. Thread-safe.
/// </summary>
internal sealed class Envelopes : IDisposable
{
    /// <summary>Blank envelopes that are kept ready: a card at each of some doors at once.</summary>
    public const int Ready = 4;

    private readonly ECDiffieHellman _register = ECDiffieHellman.Create();
    private readonly ECDiffieHellmanPublicKey _registerKey;
    private readonly ConcurrentQueue<BlankEnvelope> _blanks = new();
    private readonly WorkThread<BlankOrder> _maker;

    /// <summary>Takes the register's public key, SubjectPublicKeyInfo.</summary>
    public Envelopes(byte[] registerKey)
    {
        _register.ImportSubjectPublicKeyInfo(registerKey, out _);
        _registerKey = _register.PublicKey;
        _maker = new WorkThread<BlankOrder>("envelopes", Make, Ready, batchLimit: 1);
        for (var ready = 0; ready < Ready; ready++)
            _maker.TryAdd(default);
    }

    /// <summary>The envelope of a normalised card number.</summary>
    public byte[] Seal(string cardNumber)
    {
        if (_blanks.TryDequeue(out var blank))
            _maker.TryAdd(default);
        return (blank ?? new BlankEnvelope(_registerKey)).Seal(cardNumber);
    }

    /// <summary>Ends the thread.</summary>
    public void Dispose()
    {
        _maker.Dispose();
        _registerKey.Dispose();
        _register.Dispose();
    }

    private void Make(IReadOnlyList<BlankOrder> orders)
    {
        foreach (var _ in orders)
            _blanks.Enqueue(new BlankEnvelope(_registerKey));
    }

    /// <summary>An order for one blank envelope.</summary>
    private readonly record struct BlankOrder;
}
