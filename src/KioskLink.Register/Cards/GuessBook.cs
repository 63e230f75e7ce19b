using KioskLink.Register.Facts;
using KioskLink.Register.Store;
using KioskLink.Rules.Pins;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace KioskLink.Register.Cards;

/// <summary>
/// Guesses on cards, known and unknown (DESIGN 6): reserved by one durable, atomic step before the slow hash runs, given back
/// on success. The state a card ends with is a fact and goes out ahead of bulk. Thread-safe.
/// </summary>
internal sealed class GuessBook(WriteLane lane)
{
    /// <summary>Numbers of nobody that are counted; the one touched longest ago makes room.</summary>
    public const int UnknownMax = 10_000;

    /// <summary>Reserves a guess on a card; false when it waits or is locked.</summary>
    public async Task<bool> ReserveAsync(CardEntry card, Instant now)
    {
        if (GuessRules.IsLocked(card.Facts.Guesses, now))
        {
            return false;
        }

        var reserved = await lane.WriteAsync(scope => Reserve(scope, card.CardId, now)).ConfigureAwait(false);
        return reserved.Result;
    }

    /// <summary>Reserves a guess on a number that nobody has, with the same work as on a card.</summary>
    public async Task<bool> ReserveAsync(BlindIndex number, Instant now)
    {
        var reserved = await lane.WriteAsync(scope => Reserve(scope, number, now)).ConfigureAwait(false);
        return reserved.Result;
    }

    /// <summary>Tells the end of a reserved guess: a right PIN gives it back, a wrong one is a fact that nodes must know.</summary>
    public Task SettleAsync(CardEntry card, bool right, Instant now) => lane.WriteAsync(scope =>
    {
        var before = State(scope, card.CardId);
        var after = right ? GuessRules.Succeed(before, now) : before;
        Store(scope, card.CardId, after, pending: false);
        if (!right || !Same(after, card.Facts.Guesses))
        {
            scope.Touch(EntityId.Card(card.CardId), priority: true);
        }
    });

    /// <summary>Tells the end of a guess on a number that nobody has; the same work again.</summary>
    public Task SettleAsync(BlindIndex number) => lane.WriteAsync(scope => Trim(scope));

    /// <summary>Adds wrong guesses that a cut-off node allowed; the caller adds each attempt once.</summary>
    public static void Merge(WriteScope scope, long cardId, IEnumerable<Instant> wrongElsewhere)
    {
        Store(scope, cardId, GuessRules.Merge(State(scope, cardId), wrongElsewhere, scope.Now), pending: false);
        scope.Touch(EntityId.Card(cardId), priority: true);
    }

    /// <summary>Forgets every guess and lock of a card: staff gave it a new PIN.</summary>
    public static void Clear(WriteScope scope, long cardId) => Store(scope, cardId, GuessState.None, pending: false);

    /// <summary>Locks a card's PIN until staff gives a new one; nodes hear of it first.</summary>
    public static void LockForGood(WriteScope scope, long cardId)
    {
        Store(scope, cardId, State(scope, cardId) with { LockedForGood = true }, pending: false);
        scope.Touch(EntityId.Card(cardId), priority: true);
    }

    /// <summary>Does all that a guess needs in a unit that is undone, so that the first patron does not wait for the compiler.</summary>
    public async Task RehearseAsync(CardEntry? card, BlindIndex number, Instant now)
    {
        try
        {
            await lane.WriteAsync(scope => Rehearse(scope, card, number, now)).ConfigureAwait(false);
        }
        catch (RehearsalOver)
        {
            // The unit was undone, as it should be.
        }
    }

    private static void Rehearse(WriteScope scope, CardEntry? card, BlindIndex number, Instant now)
    {
        Reserve(scope, number, now);
        Trim(scope);
        if (card is not null)
        {
            Store(scope, card.CardId, State(scope, card.CardId), pending: true);
        }

        throw new RehearsalOver();
    }

    private sealed class RehearsalOver : Exception;

    private static bool Reserve(WriteScope scope, long cardId, Instant now)
    {
        var (allowed, state) = GuessRules.Reserve(State(scope, cardId), now);
        if (allowed)
        {
            Store(scope, cardId, state, pending: true);
        }

        return allowed;
    }

    private static bool Reserve(WriteScope scope, BlindIndex number, Instant now)
    {
        var key = number.ToBytes();
        using var select = scope.Command(
            "SELECT guesses FROM unknown_cards WHERE consortium = $consortium AND number_index = $number",
            ("$consortium", scope.Consortium), ("$number", key));
        var (allowed, state) = GuessRules.Reserve(select.ExecuteScalar() is byte[] row ? GuessProto.FromRow(row) : GuessState.None, now);
        if (allowed)
        {
            using var store = scope.Command(
                """
                INSERT INTO unknown_cards (consortium, number_index, guesses, touched_at) VALUES ($consortium, $number, $guesses, $touched)
                ON CONFLICT (consortium, number_index) DO UPDATE SET guesses = excluded.guesses, touched_at = excluded.touched_at
                """,
                ("$consortium", scope.Consortium), ("$number", key), ("$guesses", state.ToRow()), ("$touched", scope.NowMs));
            store.ExecuteNonQuery();
        }

        return allowed;
    }

    private static void Trim(WriteScope scope)
    {
        var rows = scope.Db.Set<UnknownCardRow>().Where(row => row.Consortium == scope.Consortium);
        if (rows.Count() > UnknownMax)
        {
            rows.OrderBy(row => row.TouchedAt).Take(1).ExecuteDelete();
        }
    }

    // Beside the slow hash these two are what a PIN costs: written in SQL, since translating a query takes as long as running it.
    private static GuessState State(WriteScope scope, long cardId)
    {
        using var select = scope.Command("SELECT guesses FROM cards WHERE card_id = $card", ("$card", cardId));
        return select.ExecuteScalar() is byte[] row ? GuessProto.FromRow(row) : throw new InvalidOperationException($"There is no card {cardId}.");
    }

    private static void Store(WriteScope scope, long cardId, GuessState state, bool pending)
    {
        using var update = scope.Command(
            "UPDATE cards SET guesses = $guesses, guess_pending = $pending WHERE card_id = $card",
            ("$guesses", state.ToRow()), ("$pending", pending ? 1 : 0), ("$card", cardId));
        update.ExecuteNonQuery();
    }

    private static bool Same(GuessState one, GuessState other) => one.ToProto().Equals(other.ToProto());
}
