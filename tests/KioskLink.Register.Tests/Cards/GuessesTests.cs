using Google.Protobuf;
using KioskLink.Register.Cards;
using KioskLink.Rules.Pins;
using NodaTime;

namespace KioskLink.Register.Tests.Cards;

/// <summary>The guesses on one number, without a store.</summary>
public sealed class GuessesTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 12, 1, 10, 0);

    [Fact]
    public void Guesses_in_flight_lock_like_wrong_ones_and_are_told_to_nobody()
    {
        var guesses = Guesses.None;
        for (var n = 0; n < 3; n++)
        {
            (var outcome, guesses) = guesses.Reserve(Mark(n), Now);
            Assert.Equal(Reservation.Made, outcome);
        }

        Assert.Equal(Reservation.Locked, guesses.Reserve(Mark(3), Now).Outcome);
        Assert.Same(GuessState.None, guesses.State);
    }

    [Fact]
    public void An_attempt_gets_one_guess_in_flight_or_ended()
    {
        var (_, open) = Guesses.None.Reserve(Mark(1), Now);
        var (again, ended) = open.Reserve(Mark(1), Now);
        var (third, _) = ended.Reserve(Mark(1), Now);

        Assert.Equal((Reservation.Counted, Reservation.Counted), (again, third));
        Assert.Single(ended.State.WrongTimes);
        Assert.Empty(ended.Open);
    }

    [Fact]
    public void A_right_pin_gives_back_its_own_guess_and_leaves_anothers()
    {
        var (_, one) = Guesses.None.Reserve(Mark(1), Now);
        var (_, both) = one.Reserve(Mark(2), Now);

        var ended = both.EndRight(Mark(1), Now).EndWrong(Mark(2), Now);

        Assert.Equal((1, 1), (ended.State.WrongInRow, ended.State.WrongTimes.Count));
        Assert.Empty(ended.Open);
    }

    [Fact]
    public void A_lock_by_staff_outlives_a_right_pin_in_flight()
    {
        var (_, open) = Guesses.None.Reserve(Mark(1), Now);
        var locked = open with { State = open.State with { LockedForGood = true } };

        Assert.True(locked.EndRight(Mark(1), Now).State.LockedForGood);
    }

    [Fact]
    public void A_guess_that_staff_has_forgotten_ends_without_a_trace()
    {
        Assert.Same(Guesses.None, Guesses.None.EndWrong(Mark(1), Now));
        Assert.Same(Guesses.None, Guesses.None.EndRight(Mark(1), Now));
    }

    [Fact]
    public void A_wrong_guess_that_a_node_tells_later_counts_only_where_the_register_has_not_counted_it()
    {
        var (_, open) = Guesses.None.Reserve(Mark(1), Now);

        var told = open.Add(new SpentGuess(Mark(1), Now), Now).Add(new SpentGuess(Mark(2), Now), Now).Add(new SpentGuess(Mark(2), Now), Now);

        Assert.Single(told.EndAll(Now).Add(new SpentGuess(Mark(1), Now), Now).State.WrongTimes.Skip(1));
    }

    [Fact]
    public void After_a_day_an_attempt_is_forgotten_with_its_guess()
    {
        var (_, open) = Guesses.None.Reserve(Mark(1), Now);
        var ended = open.EndWrong(Mark(1), Now);
        var later = Now + Duration.FromHours(24);

        var (outcome, reserved) = ended.Reserve(Mark(1), later);

        Assert.Equal(Reservation.Made, outcome);
        Assert.Single(reserved.EndWrong(Mark(1), later).Counted);
    }

    [Fact]
    public void What_is_stored_is_read_back()
    {
        var (_, open) = Guesses.None.Reserve(Mark(1), Now);
        var (_, guesses) = open.EndWrong(Mark(1), Now).Reserve(Mark(2), Now);

        var read = Guesses.Read(Register.Facts.GuessProto.ToRow(guesses.State), guesses.AttemptsToRow());

        Assert.Equal(guesses.Open, read.Open);
        Assert.Equal(guesses.Counted, read.Counted);
        Assert.Equal(guesses.State.WrongTimes, read.State.WrongTimes);
    }

    private static ByteString Mark(int n) => new PinTry("node", "reader", $"{n}").Mark;
}
