using KioskLink.Rules.Doors;
using KioskLink.Simulation.World;
using NodaTime;

namespace KioskLink.Simulation.Branch;

/// <summary>The relay board of one door: it outlives the node, ends an unlock by its own timer where it has one, and may fall silent.</summary>
internal sealed class LockBoard(SimWorld world, UnlockPulse pulse)
{
    private static readonly Duration Repeat = Duration.FromMilliseconds(500);
    private static readonly Duration Slack = Duration.FromSeconds(3);
    private Instant _arrival;
    private long _sent;
    private long _unlocked;
    private long _changes;
    private Instant _backAt;

    public UnlockPulse Pulse => pulse;

    public bool IsDead { get; private set; }

    /// <summary>Until when it is unlocked; null while it is locked.</summary>
    public Instant? OpenUntil { get; private set; }

    public bool IsOpen => OpenUntil > world.Now;

    /// <summary>How long the node's program has run; null while it is dead.</summary>
    public required Func<Duration?> NodeHasRunFor { get; init; }

    /// <summary>Falls silent, or comes back.</summary>
    public void Silence(bool isDead) => (IsDead, _backAt) = (isDead, world.Now);

    /// <summary>Sends an unlock once; tells when it arrives and when the board's answer does.</summary>
    public void Unlock(Duration span, Action arrived, Action answered)
    {
        var number = ++_sent;
        if (IsDead)
            return;
        world.Agenda.At(Arrival(), () =>
        {
            arrived();
            world.Unlocks++;
            _unlocked = number;
            Change(pulse == UnlockPulse.Board ? world.Now + span : Instant.MaxValue);
            WatchEnd(span);
            var isLate = world.Chance.OneIn(60);
            world.Agenda.After(isLate ? world.Chance.Milliseconds(2000, 4000) : Travel(), answered);
        });
    }

    /// <summary>Sends a lock command, which the line repeats until the board has it, or an unlock has come behind it.</summary>
    public void Lock() => Lock(++_sent);

    private void Lock(long number) => world.Agenda.At(Arrival(), () =>
    {
        if (!IsDead)
            Change(null);
        else if (number > _unlocked && NodeHasRunFor() is not null)
            world.Agenda.After(Repeat, () => Lock(number));
    });

    private void Change(Instant? openUntil) => (OpenUntil, _changes) = (openUntil, _changes + 1);

    private void WatchEnd(Duration span)
    {
        var change = _changes;
        world.Agenda.After(span + Slack, () => HoldEnd(change));
    }

    // A host-timed lock needs a living node and a board that answers; either has a moment after it is back.
    private void HoldEnd(long change)
    {
        if (change != _changes || !IsOpen)
            return;
        var ran = NodeHasRunFor();
        if (ran is null || ran < Slack || IsDead || world.Now - _backAt < Slack)
            world.Agenda.After(Slack, () => HoldEnd(change));
        else
            world.Hold(false, "no door is left unlocked past its time", () => $"open until {OpenUntil}, the node has run for {ran}");
    }

    // A line keeps the order.
    private Instant Arrival() => _arrival = Instant.Max(_arrival, world.Now + Travel());

    private Duration Travel() => world.Chance.Milliseconds(2, 40);
}
