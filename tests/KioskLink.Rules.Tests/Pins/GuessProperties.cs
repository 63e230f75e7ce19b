using FsCheck;
using FsCheck.Fluent;
using KioskLink.Rules.Pins;
using NodaTime;

namespace KioskLink.Rules.Tests.Pins;

public class GuessProperties
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 21, 12, 0);

    // Waits of seconds up to hours, and now and then the right PIN by the card's holder.
    private static readonly Gen<(int Seconds, int What)[]> AnyHistory =
        (from seconds in Gen.Frequency((4, Gen.Choose(1, 900)), (1, Gen.Choose(900, 40_000)))
         from what in Gen.Choose(0, 9)
         select (seconds, what)).ArrayOf(60);

    [Fact]
    public void No_history_gives_more_than_ten_wrong_guesses_in_24_hours() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2_000),
        Prop.ForAll(Arb.From(AnyHistory), history => WrongGuesses(history) is var wrong
            && wrong.All(at => wrong.Count(other => at <= other && other < at + GuessRules.Day) <= GuessRules.DayLimit)));

    [Fact]
    public void A_lock_for_good_is_never_lifted_by_time_guesses_or_a_right_pin() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Arb.From(AnyHistory), history =>
        {
            var wrong = WrongGuesses(history, new GuessState { LockedForGood = true });
            return wrong.Count == 0;
        }));

    private static List<Instant> WrongGuesses((int Seconds, int What)[] history, GuessState? from = null)
    {
        var (state, at, wrong) = (from ?? GuessState.None, Start, new List<Instant>());
        foreach (var (seconds, what) in history)
        {
            at += Duration.FromSeconds(seconds);
            (var allowed, state) = GuessRules.Reserve(state, at);
            if (allowed && what < 3)
            {
                state = GuessRules.Succeed(state, at);
            }
            else if (allowed)
            {
                wrong.Add(at);
            }
        }

        return wrong;
    }
}
