using System.Security.Cryptography;
using KioskLink.Node.Clock;
using KioskLink.Rules.Access;
using KioskLink.Rules.Cards;
using KioskLink.Rules.Pins;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Deciding;

/// <summary>
/// Proves PINs from the replica. A known card, an unknown one and one without a proof cost the same: one reserved guess, one slow hash,
/// one comparison. At most one hash per processor runs at a time. Thread-safe.
/// </summary>
/// <param name="guesses">The guesses spent here.</param>
/// <param name="clock">The node's time.</param>
internal sealed class PinCheck(GuessStore guesses, NodeClock clock) : IDisposable
{
    private static readonly byte[] NoToken = new byte[CardToken.Length];
    private static readonly byte[] FixedSalt = new byte[PinHashes.SaltLength];
    private static readonly byte[] NoProof = new byte[PinProofs.Length];
    private static readonly byte[] NoKey = new byte[32];
    private readonly SlowDevices _devices = new();
    private readonly SemaphoreSlim _processors = new(Environment.ProcessorCount);

    /// <summary>
    /// Checks a PIN; a guess is reserved first and given back when it is right. While the node key is not known nobody's PIN can be
    /// proven and a guess tells nothing: none is spent, and the slow hash runs all the same.
    /// </summary>
    /// <param name="device">Where it was typed; a device that is slowed waits.</param>
    /// <param name="token">The card's token.</param>
    /// <param name="proof">How it is proven; null for an unknown card.</param>
    /// <param name="pin">The digits.</param>
    /// <param name="keys">The node's keys; null while they are not known.</param>
    /// <param name="fromRegister">How the guesses stood in the register.</param>
    /// <param name="limit">Guesses per card and 24 h.</param>
    public async Task<PinOutcome> RunAsync(
        string device, byte[] token, Wire.PinProof? proof, ReadOnlyMemory<byte> pin, NodeKeys? keys, GuessState fromRegister, int limit)
    {
        if (pin.IsEmpty)
            return new PinOutcome(PinResult.Missing, false);
        if (keys is null)
        {
            await MatchesAsync(NoToken, null, pin, NoKey);
            return new PinOutcome(null, false);
        }
        if (_devices.MustWait(device, clock.Lived) || guesses.TryReserve(token, fromRegister, limit, clock.Lived) is not { } reserved)
            return new PinOutcome(PinResult.Locked, false);
        // The hash runs while the disk syncs; what it says counts only once the reservation is durable.
        var matches = await MatchesAsync(token, proof, pin, keys.KPin);
        if (!await reserved || matches)
            guesses.GiveBack(token, clock.Lived);
        return await reserved
            ? new PinOutcome(matches ? PinResult.Right : PinResult.Wrong, GuessSpent: !matches)
            : new PinOutcome(PinResult.Locked, false);
    }

    /// <summary>Whether the guesses of before the start are not known, since their file was damaged.</summary>
    public bool HasLostCount => guesses.WasDamaged;

    /// <summary>Notes that a wrong PIN, or an unknown card, stands as this node's own decision; whether its device is slow with it.</summary>
    public bool Fail(string device, byte[] token) => _devices.Fail(device, token, clock.Lived);

    /// <summary>Whether a device is slowed for spraying.</summary>
    public bool IsSlow(string device) => _devices.IsSlow(device, clock.Lived);

    /// <summary>Gives a spent guess back after all: the register counted it.</summary>
    public void GiveBack(byte[] token) => guesses.GiveBack(token, clock.Lived);

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
/// <param name="Result">How it went; null when it could not be checked.</param>
/// <param name="GuessSpent">Whether a guess is spent.</param>
internal readonly record struct PinOutcome(PinResult? Result, bool GuessSpent);
