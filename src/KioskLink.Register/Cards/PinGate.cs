using System.Security.Cryptography;
using Grpc.Core;
using KioskLink.Register.Facts;
using KioskLink.Register.Hosting;
using KioskLink.Register.Identity;
using KioskLink.Register.Nodes;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using KioskLink.Rules.Alarms;
using KioskLink.Rules.Pins;
using NodaTime;

namespace KioskLink.Register.Cards;

/// <summary>
/// Checks a PIN: reserves a guess, runs one slow hash whether or not there is anything to compare with, tells the guess's end
/// (DESIGN 5, 6). A locked card spends neither guess nor hash. Thread-safe.
/// </summary>
internal sealed class PinGate(RegisterCore core, GuessBook guesses, PinKdf kdf, SlowDevices devices, NodeAlarms alarms, ILogger<PinGate> log)
{
    private static readonly byte[] NoSalt = new byte[PinHashes.SaltLength];

    /// <summary>How the PIN went.</summary>
    /// <param name="card">The card; null for a number that nobody has.</param>
    /// <param name="number">The number's blind index.</param>
    /// <param name="pin">ASCII digits; empty when none was entered. The caller wipes it.</param>
    /// <param name="source">Where and in which attempt it was entered.</param>
    /// <param name="cancel">Ends the wait for the device's turn, not a check that has begun.</param>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED when too many of the device wait.</exception>
    public async Task<PinResult> CheckAsync(
        CardEntry? card, BlindIndex number, ReadOnlyMemory<byte> pin, PinTry source, CancellationToken cancel)
    {
        if (pin.IsEmpty)
        {
            return PinResult.Missing;
        }

        using var turn = await kdf.TakeTurnAsync(source.Device, cancel).ConfigureAwait(false)
            ?? throw Refused.With(StatusCode.ResourceExhausted, "DEVICE_BUSY", "Too many presentations of this device wait; present the card again.");
        var now = core.Now();
        if (devices.MustWait(source.Device, now))
        {
            return PinResult.Locked;
        }

        var target = new GuessTarget(number, card?.CardId ?? 0);
        return await guesses.ReserveAsync(target, source.Mark, now).ConfigureAwait(false) switch
        {
            Reservation.Locked => PinResult.Locked,
            Reservation.Counted => PinResult.Wrong,
            _ => await CheckReservedAsync(card, target, pin, source, now).ConfigureAwait(false),
        };
    }

    /// <summary>Checks a PIN that counts nowhere, so that the first patron does not wait for the compiler.</summary>
    public async Task RehearseAsync()
    {
        await MatchesAsync(null, "0000"u8.ToArray(), rank: 0).ConfigureAwait(false);
        await guesses.RehearseAsync(new GuessTarget(core.Store.Vault.CardIndex("rehearsal"), 0), core.Now()).ConfigureAwait(false);
    }

    private async Task<PinResult> CheckReservedAsync(
        CardEntry? card, GuessTarget target, ReadOnlyMemory<byte> pin, PinTry source, Instant now)
    {
        var right = await MatchesAsync(card, pin, source.Rank(devices.FailuresOf(source.Device, now))).ConfigureAwait(false);
        if (!right && devices.Fail(source.Device, target.Number, now))
        {
            alarms.Raise(source.Caller, AlarmKind.PinGuessing, "guessing", $"Wrong PINs are tried over many cards at {source.DeviceId}: it takes one in 10 s for now; look who is there.");
        }

        await TellAsync(guesses.SettleAsync(target, source.Mark, right, now), right).ConfigureAwait(false);
        return right ? PinResult.Right : PinResult.Wrong;
    }

    private async Task<bool> MatchesAsync(CardEntry? card, ReadOnlyMemory<byte> pin, int rank)
    {
        if (card?.Pin is not { } verifier)
        {
            CryptographicOperations.ZeroMemory(await kdf.HashAsync(PinHashes.Best, pin, NoSalt, rank).ConfigureAwait(false));
            return false;
        }

        var hash = PinHashes.Find(verifier.Algorithm)
            ?? throw new InvalidOperationException($"This machine cannot run {verifier.Algorithm}: install libsodium.");
        var typed = await kdf.HashAsync(hash, pin, verifier.Salt, rank).ConfigureAwait(false);
        var stored = core.Store.Vault.OpenVerifier(verifier, card.PatronId);
        var right = CryptographicOperations.FixedTimeEquals(typed, stored);
        CryptographicOperations.ZeroMemory(typed);
        CryptographicOperations.ZeroMemory(stored);
        if (right && verifier.Algorithm != PinHashes.Best.Algorithm)
        {
            await RehashAsync(card, pin).ConfigureAwait(false);
        }

        return right;
    }

    /// <summary>A better algorithm than the stored one takes its place at the next right PIN.</summary>
    private async Task RehashAsync(CardEntry card, ReadOnlyMemory<byte> pin)
    {
        var verifier = await MakeAsync(card.PatronId, pin).ConfigureAwait(false);
        await core.Lane.WriteAsync(scope => PinStore.Put(scope, card.CardId, verifier)).ConfigureAwait(false);
    }

    /// <summary>Makes a verifier for a new PIN.</summary>
    public async Task<PinVerifier> MakeAsync(long patronId, ReadOnlyMemory<byte> pin)
    {
        var salt = RandomNumberGenerator.GetBytes(PinHashes.SaltLength);
        var hash = PinHashes.Best;
        var verifier = await kdf.HashAsync(hash, pin, salt, rank: 0).ConfigureAwait(false);
        var sealedVerifier = core.Store.Vault.Seal(verifier, patronId, hash.Algorithm, salt);
        CryptographicOperations.ZeroMemory(verifier);
        return sealedVerifier;
    }

    private async Task TellAsync(Task told, bool right)
    {
        if (right)
        {
            _ = told.ContinueWith(
                task => log.GuessNotGivenBack(task.Exception),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default);
            return;
        }

        await told.ConfigureAwait(false);
    }
}
