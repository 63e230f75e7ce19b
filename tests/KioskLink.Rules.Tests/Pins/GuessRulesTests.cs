using KioskLink.Rules.Pins;
using NodaTime;

namespace KioskLink.Rules.Tests.Pins;

public class GuessRulesTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 21, 12, 0);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 30)]
    [InlineData(4, 120)]
    [InlineData(5, 900)]
    [InlineData(6, 3600)]
    public void Each_wrong_pin_in_a_row_waits_longer(int wrong, int waitSeconds)
    {
        var (state, at) = GuessWrong(GuessState.None, wrong, Start);
        var end = at + Duration.FromSeconds(waitSeconds);
        Assert.Equal(waitSeconds > 0, GuessRules.IsLocked(state, end - Duration.FromSeconds(1)));
        Assert.False(GuessRules.IsLocked(state, end));
    }

    [Fact]
    public void The_third_lock_within_24_hours_holds_until_staff_resets()
    {
        var (state, at) = GuessWrong(GuessState.None, 7, Start);
        Assert.True(state.LockedForGood);
        Assert.False(GuessRules.Reserve(state, at + Duration.FromDays(30)).Allowed);
    }

    [Fact]
    public void Ten_wrong_within_24_hours_hold_until_staff_resets_even_with_right_ones_between()
    {
        var (state, at) = (GuessState.None, Start);
        for (var wrong = 1; wrong <= 10; wrong++)
        {
            Assert.False(state.LockedForGood);
            (state, at) = GuessWrong(state, 1, at);
            if (wrong < 10)
            {
                state = GuessRules.Succeed(GuessRules.Reserve(state, at).State, at);
            }
        }

        Assert.True(state.LockedForGood);
    }

    [Fact]
    public void A_guess_that_a_fast_clock_puts_into_next_week_ends_no_others_day()
    {
        var (state, at) = GuessWrong(GuessState.None, 2, Start);

        var merged = GuessRules.Merge(state, [at + Duration.FromDays(6)], at);

        Assert.Equal([.. state.WrongTimes, at], merged.WrongTimes);
        Assert.True(GuessRules.IsLocked(merged, at));
        Assert.False(GuessRules.IsLocked(merged, at + Duration.FromMinutes(1)));
    }

    [Fact]
    public void A_right_pin_gives_its_guess_back_and_ends_the_waits_but_not_the_days_count()
    {
        var (state, at) = GuessWrong(GuessState.None, 2, Start);
        var (allowed, reserved) = GuessRules.Reserve(state, at);
        Assert.True(allowed);
        Assert.True(GuessRules.IsLocked(reserved, at));

        var after = GuessRules.Succeed(reserved, at);
        Assert.False(GuessRules.IsLocked(after, at));
        Assert.Equal(0, after.WrongInRow);
        Assert.Equal(state.WrongTimes, after.WrongTimes);
    }

    [Fact]
    public void The_lock_that_a_reservation_took_is_given_back_with_it()
    {
        var (state, at) = GuessWrong(GuessState.None, 4, Start);
        at += Duration.FromMinutes(2);
        var after = GuessRules.Succeed(GuessRules.Reserve(state, at).State, at);
        Assert.Empty(after.LockTimes);
        Assert.Equal(4, after.WrongTimes.Count);
    }

    [Fact]
    public void The_tenth_guess_may_still_be_right()
    {
        var state = GuessState.None with { WrongTimes = [.. Enumerable.Range(1, 9).Select(i => Start + Duration.FromSeconds(i))] };
        var (allowed, reserved) = GuessRules.Reserve(state, Start + Duration.FromMinutes(1));
        Assert.True(allowed);
        Assert.True(reserved.LockedForGood);
        Assert.False(GuessRules.Succeed(reserved, Start + Duration.FromMinutes(1)).LockedForGood);
    }

    [Fact]
    public void A_right_pin_does_not_lift_a_lock_that_staff_set_meanwhile()
    {
        var reserved = GuessRules.Reserve(GuessState.None, Start).State;
        Assert.True(GuessRules.Succeed(reserved with { LockedForGood = true }, Start).LockedForGood);
    }

    [Fact]
    public void A_refused_reservation_changes_nothing()
    {
        var (state, at) = GuessWrong(GuessState.None, 3, Start);
        var (allowed, after) = GuessRules.Reserve(state, at);
        Assert.False(allowed);
        Assert.Same(state, after);
    }

    [Fact]
    public void Guesses_older_than_24_hours_no_longer_count()
    {
        var (state, _) = GuessWrong(GuessState.None, 2, Start);
        state = GuessRules.Succeed(GuessRules.Reserve(state, Start + GuessRules.Day * 2).State, Start + GuessRules.Day * 2);
        Assert.Empty(state.WrongTimes);
    }

    [Fact]
    public void Nobody_who_keeps_guessing_gets_more_than_ten_tries_in_any_24_hours()
    {
        var (state, tries) = (GuessState.None, new List<Instant>());
        for (var at = Start; at < Start + Duration.FromDays(3); at += Duration.FromSeconds(15))
        {
            var (allowed, next) = GuessRules.Reserve(state, at);
            state = next;
            if (allowed)
            {
                tries.Add(at);
            }
        }

        Assert.True(tries.All(at => tries.Count(other => at <= other && other < at + GuessRules.Day) <= 10));
    }

    [Fact]
    public void A_node_that_is_cut_off_spends_no_more_than_its_limit()
    {
        var state = GuessState.None;
        for (var i = 0; i < 3; i++)
        {
            (var allowed, state) = GuessRules.ReserveOffline(GuessState.None, state, 3, Start + Duration.FromMinutes(i));
            Assert.True(allowed);
        }

        Assert.False(GuessRules.ReserveOffline(GuessState.None, state, 3, Start + Duration.FromHours(23)).Allowed);
        Assert.True(GuessRules.ReserveOffline(GuessState.None, state, 3, Start + Duration.FromHours(25)).Allowed);
    }

    [Fact]
    public void A_lock_of_the_register_holds_on_a_node_that_is_cut_off()
    {
        var locked = new GuessState { LockedUntil = Start + Duration.FromMinutes(15) };
        Assert.False(GuessRules.ReserveOffline(locked, GuessState.None, 3, Start).Allowed);
        Assert.True(GuessRules.ReserveOffline(locked, GuessState.None, 3, Start + Duration.FromMinutes(15)).Allowed);
    }

    [Fact]
    public void Guesses_spent_offline_are_added_to_the_registers_count()
    {
        var (state, at) = GuessWrong(GuessState.None, 2, Start + Duration.FromHours(2));
        var merged = GuessRules.Merge(state, [Start + Duration.FromMinutes(1), Start - Duration.FromDays(2)], at);
        Assert.Equal(3, merged.WrongInRow);
        Assert.Equal(3, merged.WrongTimes.Count);
        Assert.Equal(merged.WrongTimes.Order(), merged.WrongTimes);
    }

    private static (GuessState State, Instant At) GuessWrong(GuessState state, int times, Instant from)
    {
        var at = from;
        for (var i = 0; i < times; i++)
        {
            at = state.LockedUntil > at ? state.LockedUntil.Value : at + Duration.FromSeconds(1);
            (var allowed, state) = GuessRules.Reserve(state, at);
            Assert.True(allowed);
        }

        return (state, at);
    }
}
