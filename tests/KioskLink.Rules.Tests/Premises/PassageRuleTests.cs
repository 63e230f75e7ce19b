using KioskLink.Rules.Premises;
using NodaTime;

namespace KioskLink.Rules.Tests.Premises;

public class PassageRuleTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 21, 12, 0);
    private static readonly DoorStanding Shut = new(IsClosed: true, IsUnlocked: false, IsFree: false, IsLeaving: false);

    [Fact]
    public void Cards_are_counted_in_once_and_out_and_never_below_nobody()
    {
        var inside = Occupancy.Of(2, hasCounter: false).Enter("a").Enter("a").Enter("");
        Assert.Equal(4, inside.People);
        Assert.True(inside.Holds("a"));
        inside = inside.Leave("a").Leave("unknown").Leave("unknown").Leave("unknown").Leave("unknown");
        Assert.Equal(0, inside.People);
        Assert.False(inside.Holds("a"));
    }

    [Fact]
    public void Where_a_counter_watches_its_number_holds_whoever_shows_a_card()
    {
        var inside = Occupancy.Of(0, hasCounter: true).Enter("a").Pass(true).Pass(true).Leave("a");
        Assert.Equal(2, inside.People);
        Assert.Equal(0, inside.Pass(false).Pass(false).Pass(false).People);
        Assert.Equal((2, 0), (inside.Forget(keepsCount: true).People, inside.Forget(keepsCount: false).People));
    }

    [Fact]
    public void An_interlocked_door_waits_until_the_other_is_closed_and_locked()
    {
        Assert.True(Interlock.MayUnlock(Shut, [Shut, Shut]));
        Assert.False(Interlock.MayUnlock(Shut, [Shut with { IsClosed = false }]));
        Assert.False(Interlock.MayUnlock(Shut, [Shut, Shut with { IsUnlocked = true }]));
        Assert.True(Interlock.MayUnlock(Shut with { IsFree = true }, [Shut with { IsUnlocked = true, IsFree = true }]));
    }

    [Fact]
    public void An_interlock_yields_to_whoever_leaves_and_to_fire()
    {
        var open = Shut with { IsClosed = false, IsUnlocked = true };
        Assert.True(Interlock.MayUnlock(Shut with { IsLeaving = true }, [open]));
        Assert.True(Interlock.MayUnlock(Shut, [open with { IsLeaving = true }]));
    }

    [Fact]
    public void Whoever_had_a_grant_has_come_in_when_the_door_is_opened_in_time()
    {
        var (watch, atOnce) = new EntryWatch(HasContact: true).Granted("a", Start + Duration.FromSeconds(5));
        Assert.Empty(atOnce);
        Assert.Equal(["a"], watch.Opened(Start + Duration.FromSeconds(5)).Entered);
        Assert.Empty(watch.Opened(Start + Duration.FromSeconds(6)).Entered);
        Assert.Equal(["b"], watch.Opened(Start).Next.Granted("b", Start).Entered);
        Assert.Equal(["c"], new EntryWatch(HasContact: false).Granted("c", Start).Entered);
    }

    [Fact]
    public void A_lobby_carries_a_grant_to_its_inner_door_once_and_for_its_time()
    {
        var (lobby, atOnce) = new Lobby(Duration.FromSeconds(60), HasContact: true, WaitsForClosing: false).Granted("a", Duration.FromSeconds(5), Start);
        Assert.Null(atOnce);
        var (opened, grant) = lobby.Opened(Start + Duration.FromSeconds(2));
        Assert.Equal("a", grant?.AttemptId);
        Assert.Null(opened.Closed(Start).Next.Opened(Start).Opens);
        Assert.Null(lobby.Opened(Start + Duration.FromSeconds(61)).Opens);
    }

    [Fact]
    public void An_interlocked_lobby_opens_its_inner_door_when_the_outer_one_is_closed_again()
    {
        var (lobby, _) = new Lobby(Duration.FromSeconds(60), HasContact: true, WaitsForClosing: true).Granted("a", Duration.FromSeconds(5), Start);
        var (opened, early) = lobby.Opened(Start);
        Assert.Null(early);
        Assert.Equal("a", opened.Closed(Start + Duration.FromSeconds(20)).Opens?.AttemptId);
        Assert.Null(opened.Closed(Start + Duration.FromSeconds(61)).Opens);
    }

    [Fact]
    public void Each_grant_is_good_for_one_person_at_the_counter()
    {
        var watch = new TailgateWatch(null).Granted(Start).Opened(Start);
        (watch, var first) = watch.CountedIn(Start);
        (watch, var second) = watch.CountedIn(Start + Duration.FromSeconds(1));
        Assert.Null(first);
        Assert.Equal(new TailgateSuspicion(TailgateSign.MoreThanGranted, Start), second);
        Assert.Null(watch.Granted(Start).CountedIn(Start).Suspicion);
        Assert.NotNull(watch.Granted(Start).CountedIn(Start + Duration.FromSeconds(31)).Suspicion);
    }

    [Fact]
    public void A_door_that_stands_open_for_long_after_a_grant_is_suspicious_once_and_one_opened_from_inside_is_not()
    {
        var watch = new TailgateWatch(Duration.FromSeconds(15)).Granted(Start).Opened(Start);
        Assert.Equal(Start + Duration.FromSeconds(15), watch.DueAt);
        Assert.Null(watch.Tick(Start + Duration.FromSeconds(14)).Suspicion);
        var (told, suspicion) = watch.Tick(Start + Duration.FromSeconds(15));
        Assert.Equal(TailgateSign.LongOpen, suspicion?.Sign);
        Assert.Null(told.DueAt);
        Assert.Null(new TailgateWatch(Duration.FromSeconds(15)).Opened(Start).DueAt);
    }

    [Fact]
    public void A_second_card_at_the_open_door_gives_it_its_time_anew() =>
        Assert.Equal(
            Start + Duration.FromSeconds(25),
            new TailgateWatch(Duration.FromSeconds(15)).Granted(Start).Opened(Start).Granted(Start + Duration.FromSeconds(10)).DueAt);

    [Fact]
    public void Nothing_is_suspected_while_the_door_is_free()
    {
        var watch = new TailgateWatch(Duration.FromSeconds(15)).Freed(true).Opened(Start);
        Assert.Null(watch.CountedIn(Start).Suspicion);
        Assert.Null(watch.DueAt);
        Assert.NotNull(watch.Freed(false).CountedIn(Start).Suspicion);
    }
}
