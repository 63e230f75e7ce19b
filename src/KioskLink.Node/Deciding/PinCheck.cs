using System.Security.Cryptography;
using KioskLink.Rules.Pins;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Deciding;

/// <summary>
/// Proves PINs from the replica. A known card, an unknown one and one without a proof cost the same: one reserved guess, one slow hash,
/// one comparison. At most one hash per processor runs at a time. Thread-safe.
/// </summary>
/// <param name="guesses">The guesses spent here.</param>
internal sealed class PinCheck(GuessStore guesses) : IDisposable
{
    private static readonly byte[] NoToken = new byte[Rules.Cards.CardToken.Length];
    private static readonly byte[] FixedSalt = new byte[PinHashes.SaltLength];
    private static readonly byte[] NoProof = new byte[PinProofs.Length];
    private static readonly byte[] NoKey = new byte[32];
    private readonly SemaphoreSlim _processors = new(Environment.ProcessorCount);

    /// <summary>Checks a PIN; a guess is reserved first and given back when it is right.</summary>
    /// <param name="token">The card's token; empty when the node key is not known.</param>
    /// <param name="proof">How it is proven; null for an unknown card.</param>
    /// <param name="pin">The digits.</param>
    /// <param name="kPin">The key of the proofs; null when the node key is not known.</param>
    /// <param name="fromRegister">How the guesses stood in the register.</param>
    /// <param name="limit">Guesses per card and 24 h.</param>
    /// <param name="now">The time.</param>
    public async Task<PinOutcome> RunAsync(
        byte[] token, Wire.PinProof? proof, ReadOnlyMemory<byte> pin, byte[]? kPin, GuessState fromRegister, int limit, Instant now)
    {
        if (pin.IsEmpty)
            return new PinOutcome(Rules.Access.PinResult.Missing, false);
        var key = token.Length == 0 ? NoToken : token;
        if (!guesses.TryReserve(key, fromRegister, limit, now))
            return new PinOutcome(Rules.Access.PinResult.Locked, false);
        if (!await MatchesAsync(key, proof, pin, kPin ?? NoKey))
            return new PinOutcome(Rules.Access.PinResult.Wrong, true);
        guesses.GiveBack(key, now);
        return new PinOutcome(Rules.Access.PinResult.Right, false);
    }

    /// <summary>Gives a spent guess back after all: the register counted it.</summary>
    public void GiveBack(byte[] token, Instant now) => guesses.GiveBack(token.Length == 0 ? NoToken : token, now);

    /// <summary>Runs one slow hash, so that the first patron does not pay for loading the library.</summary>
    public async Task WarmUpAsync() => await MatchesAsync(NoToken, null, "0000"u8.ToArray(), NoKey);

    /// <inheritdoc/>
    public void Dispose() => _processors.Dispose();

    private async Task<bool> MatchesAsync(byte[] token, Wire.PinProof? proof, ReadOnlyMemory<byte> pin, byte[] kPin)
    {
        await _processors.WaitAsync();
        try
        {
            return await Task.Run(() => Matches(token, proof, pin.Span, kPin));
        }
        finally
        {
            _processors.Release();
        }
    }

    private static bool Matches(byte[] token, Wire.PinProof? proof, ReadOnlySpan<byte> pin, byte[] kPin)
    {
        var hash = proof is null ? PinHashes.Best : PinHashes.Find(proof.Algorithm) ?? PinHashes.Best;
        var salt = proof?.Salt.ToByteArray() ?? FixedSalt;
        var verifier = hash.Hash(pin, salt);
        var computed = PinProofs.Of(kPin, token, salt, verifier);
        CryptographicOperations.ZeroMemory(verifier);
        var matches = PinProofs.Matches(proof?.Proof.ToByteArray() ?? NoProof, computed);
        return matches && proof is not null;
    }
}

/// <summary>How a PIN went, and whether it cost a guess that is still spent.</summary>
/// <param name="Result">How it went.</param>
/// <param name="GuessSpent">Whether a guess is spent.</param>
internal readonly record struct PinOutcome(Rules.Access.PinResult Result, bool GuessSpent);
