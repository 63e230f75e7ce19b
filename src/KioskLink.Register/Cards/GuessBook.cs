using System.Collections.Frozen;
using Google.Protobuf;
using KioskLink.Register.Facts;
using KioskLink.Register.Store;
using KioskLink.Rules.Pins;
using NodaTime;

namespace KioskLink.Register.Cards;

/// <summary>
/// Guesses on cards and on numbers that nobody has (DESIGN 6), both with the same work: reserved with their attempt by one
/// durable, atomic step before the slow hash runs, given back on success. The state a number ends with is a fact; a card's
/// goes out ahead of bulk. Thread-safe.
/// </summary>
internal sealed class GuessBook
{
    private readonly WriteLane _lane;
    private readonly EntitlementIndex _index;
    private readonly UnknownNumbers _unknown;
    private readonly FrozenDictionary<ByteString, Instant> _countedBefore;

    /// <summary>Opens the book, with the attempts in it that were counted before this start.</summary>
    public GuessBook(RegisterCore core)
    {
        (_lane, _index) = (core.Lane, core.Index);
        _unknown = new UnknownNumbers(core);
        using var db = core.Store.Read();
        _countedBefore = db.Set<GuessRow>().Where(row => row.Consortium == core.Store.Consortium)
            .AsEnumerable()
            .SelectMany(row => Guesses.Read(row.State, row.Attempts).Counted)
            .GroupBy(spent => spent.Mark)
            .ToFrozenDictionary(attempt => attempt.Key, attempt => attempt.Max(spent => spent.At));
    }

    /// <summary>Reserves a guess for an attempt; one that was counted before a crash gets no second one, on a locked card either.</summary>
    public async Task<Reservation> ReserveAsync(GuessTarget target, ByteString attempt, Instant now)
    {
        if (_countedBefore.TryGetValue(attempt, out var counted) && counted > now - GuessRules.Day)
        {
            return Reservation.Counted;
        }

        if (GuessRules.IsLocked(_index.GuessesOn(target.Number), now))
        {
            return Reservation.Locked;
        }

        WriteLane.GoAlone();
        var reserved = await _lane.WriteAsync(scope => Reserve(scope, target, attempt, now)).ConfigureAwait(false);
        return reserved.Value;
    }

    /// <summary>Tells the end of a reserved guess: a right PIN gives it back, a wrong one is a fact.</summary>
    public async Task SettleAsync(GuessTarget target, ByteString attempt, bool right, Instant now)
    {
        WriteLane.GoAlone();
        await _lane.WriteAsync(scope => Settle(scope, target, attempt, right, now)).ConfigureAwait(false);
        if (target.CardId == 0)
        {
            _unknown.NoteGuess();
        }
    }

    /// <summary>Adds a wrong guess that a cut-off node allowed; an attempt that the register has counted itself is not added.</summary>
    public static void Merge(WriteScope scope, CardEntry card, PinTry attempt, Instant at)
    {
        var before = GuessRows.Read(scope, card.Key);
        var after = before.Add(new SpentGuess(attempt.Mark, at), scope.Now);
        if (after != before)
        {
            Tell(scope, GuessTarget.Of(card), after);
        }
    }

    /// <summary>Forgets every guess and lock of a card, those in flight too: staff gave it a new PIN.</summary>
    public static void Clear(WriteScope scope, BlindIndex number) => GuessRows.Forget(scope, number);

    /// <summary>Locks a card's PIN until staff gives a new one; nodes hear of it first.</summary>
    public static void LockForGood(WriteScope scope, CardEntry card)
    {
        var before = GuessRows.Read(scope, card.Key);
        Tell(scope, GuessTarget.Of(card), before with { State = before.State with { LockedForGood = true } });
    }

    /// <summary>Does all that a guess needs in a unit that is undone, so that the first patron does not wait for the compiler.</summary>
    public async Task RehearseAsync(GuessTarget target, Instant now)
    {
        try
        {
            WriteLane.GoAlone();
            await _lane.WriteAsync(scope => Rehearse(scope, target, now)).ConfigureAwait(false);
        }
        catch (RehearsalOver)
        {
            // The unit was undone, as it should be.
        }
    }

    private static void Rehearse(WriteScope scope, GuessTarget target, Instant now)
    {
        Reserve(scope, target, ByteString.Empty, now);
        Settle(scope, target, ByteString.Empty, right: false, now);
        throw new RehearsalOver();
    }

    private sealed class RehearsalOver : Exception;

    private static Reservation Reserve(WriteScope scope, GuessTarget target, ByteString attempt, Instant now)
    {
        var before = GuessRows.Read(scope, target.Number);
        var (outcome, after) = before.Reserve(attempt, now);
        if (after.State != before.State)
        {
            Tell(scope, target, after);
        }
        else if (after != before)
        {
            GuessRows.Write(scope, target, after);
        }

        return outcome;
    }

    private static void Settle(WriteScope scope, GuessTarget target, ByteString attempt, bool right, Instant now)
    {
        var before = GuessRows.Read(scope, target.Number);
        var after = right ? before.EndRight(attempt, now) : before.EndWrong(attempt, now);
        GuessRows.Write(scope, target, after);
        if (!right || !after.State.ToRow().AsSpan().SequenceEqual(before.State.ToRow()))
        {
            scope.Touch(target.Entity, priority: true);
        }
    }

    private static void Tell(WriteScope scope, GuessTarget target, Guesses guesses)
    {
        GuessRows.Write(scope, target, guesses);
        scope.Touch(target.Entity, priority: true);
    }
}
