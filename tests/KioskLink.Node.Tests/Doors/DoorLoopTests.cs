using KioskLink.Node.Doors;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Doors;
using KioskLink.Testing;
using Duration = NodaTime.Duration;

namespace KioskLink.Node.Tests.Doors;

/// <summary>One door's loop in virtual time, its lock played by the test.</summary>
public sealed class DoorLoopTests : IAsyncDisposable
{
    private readonly VirtualTime _time = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Inbox<TimeSpan> _unlocks = new();
    private readonly Inbox<string> _locks = new();
    private readonly Inbox<RecordOpen> _journal = new();
    private readonly DoorLoop _door;
    private readonly Task _running;
    private Task<bool> _acknowledgement = Task.FromResult(true);

    public DoorLoopTests()
    {
        var work = new DoorWork { Unlock = Unlock, Lock = Lock, Record = _journal.Post, Told = _ => { }, Alarm = (_, _) => { } };
        _door = new DoorLoop("front", DoorState.Of(LockDeclaration.FailSecure), work, _time);
        _running = _door.RunAsync(_stopping.Token);
    }

    [Fact]
    public async Task A_door_locks_first_of_all() => Assert.Equal("locked", await _locks.Next("the lock"));

    [Fact]
    public async Task An_unlock_is_capped_by_the_lock_and_answered_once_it_is_acknowledged()
    {
        Assert.Equal(Outcome.Unlocked, await _door.UnlockAsync(Grant("one", 3600)));

        Assert.Equal(TimeSpan.FromSeconds(30), await _unlocks.Next("the unlock"));
    }

    [Fact]
    public async Task An_unlock_that_is_not_acknowledged_within_two_seconds_is_abandoned_and_not_sent_again()
    {
        var late = new TaskCompletionSource<bool>();
        _acknowledgement = late.Task;
        var outcome = _door.UnlockAsync(Grant("one", 5));
        await _unlocks.Next("the unlock");
        await _locks.Next("the lock at the start");

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(Outcome.Abandoned, await Patience.For(outcome, "the outcome"));
        await _locks.Next("the lock after the abandoned unlock");
        late.SetResult(true);

        Assert.Equal("unlock acknowledged too late and taken back", (await _journal.Next("the record")).Detail);
        await _locks.Next("the lock after the late answer");
        Assert.False(_unlocks.Any);
    }

    [Fact]
    public async Task A_free_door_renews_its_lease_every_twenty_seconds()
    {
        _door.Post(new CalendarSays(IsFree: true));
        Assert.Equal(TimeSpan.FromSeconds(30), await _unlocks.Next("the lease"));
        await Patience.Until(() => _door.Phase == DoorPhase.Free, "the free door");

        _time.Advance(TimeSpan.FromSeconds(19));
        Assert.False(_unlocks.Any);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(30), await _unlocks.Next("the renewed lease"));
    }

    [Fact]
    public async Task An_open_door_whose_contact_dies_is_watched_no_longer_and_anew_when_it_is_back()
    {
        await _door.PostAsync(new ContactChanged(IsOpen: true));
        await _door.PostAsync(new ContactLost());
        _time.Advance(TimeSpan.FromMinutes(1));
        await _door.PostAsync(new ContactChanged(IsOpen: true));
        _time.Advance(TimeSpan.FromSeconds(29));
        await _door.PostAsync(new DoorTick());
        _time.Advance(TimeSpan.FromSeconds(1));

        string[] expected = ["opened", "its contact tells nothing: its line is cut or shorted, or its device does not answer", "its contact tells again", "opened", "held open"];
        foreach (var detail in expected)
            Assert.Equal(detail, (await _journal.Next("a record")).Detail);
    }

    [Fact]
    public async Task An_attempt_unlocks_once()
    {
        await _door.UnlockAsync(Grant("one", 5));
        var second = _door.UnlockAsync(Grant("two", 5));
        Assert.Equal(Outcome.Unlocked, await second);

        _acknowledgement = new TaskCompletionSource<bool>().Task;
        _ = _door.UnlockAsync(Grant("three", 5));

        await Assert.ThrowsAsync<InvalidOperationException>(() => _door.UnlockAsync(Grant("three", 5)));
    }

    [Fact]
    public async Task A_stopped_loop_leaves_no_attempt_without_an_outcome()
    {
        _acknowledgement = new TaskCompletionSource<bool>().Task;
        var outcome = _door.UnlockAsync(Grant("one", 5));
        await _unlocks.Next("the unlock");

        await _stopping.CancelAsync();

        Assert.Equal(Outcome.Abandoned, await Patience.For(outcome, "the outcome"));
    }

    [Fact]
    public async Task A_lock_that_fails_unexpectedly_ends_the_loop()
    {
        _acknowledgement = Task.FromException<bool>(new InvalidOperationException("broken"));

        _ = _door.UnlockAsync(Grant("one", 5));

        await Assert.ThrowsAnyAsync<Exception>(() => Patience.For(_running, "the end of the loop"));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _door.Dispose();
        _stopping.Dispose();
    }

    private static DoorGranted Grant(string attempt, int seconds) => new(attempt, Duration.FromSeconds(seconds));

    private Task<bool> Unlock(TimeSpan unlockFor)
    {
        _unlocks.Post(unlockFor);
        return _acknowledgement;
    }

    private Task Lock()
    {
        _locks.Post("locked");
        return Task.CompletedTask;
    }
}
