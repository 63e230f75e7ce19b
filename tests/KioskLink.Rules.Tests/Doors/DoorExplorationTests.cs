using KioskLink.Rules.Doors;
using NodaTime;

namespace KioskLink.Rules.Tests.Doors;

/// <summary>Walks all orders of 15 inputs, and of waiting, to depth 7 and checks the invariants that <see cref="DoorWorld"/> names after each.</summary>
public class DoorExplorationTests
{
    private const int Depth = 7;

    private static readonly (string Name, Duration Elapsed, Func<DoorWorld, DoorInput?> Input)[] Moves =
    [
        ("patron", Duration.Zero, w => new DoorGranted($"patron{w.Grants}", Duration.FromSeconds(3))),
        ("long patron", Duration.Zero, w => new DoorGranted($"patron{w.Grants}", Duration.FromMinutes(10), Patience: 2)),
        ("rescue", Duration.Zero, w => new DoorGranted($"rescue{w.Grants}", Duration.FromSeconds(3), PassesLockdown: true)),
        ("acknowledged", Duration.Zero, w => w.Door.Pending.IsEmpty ? null : new UnlockAcknowledged(w.Door.Pending[0].Command)),
        ("acknowledged late", Duration.Zero, w => w.Door.LastCommand > w.Door.Pending.Count ? new UnlockAcknowledged(1) : null),
        ("refused", Duration.Zero, w => w.Door.Pending.IsEmpty ? null : new UnlockRefused(w.Door.Pending[^1].Command)),
        ("opened", Duration.Zero, _ => new ContactChanged(true)),
        ("closed", Duration.Zero, _ => new ContactChanged(false)),
        ("contact lost", Duration.Zero, _ => new ContactLost()),
        ("exit", Duration.Zero, _ => new ExitUsed()),
        ("glass", Duration.Zero, w => w.Door.ExitsHeld.IsEmpty ? new ExitUsed("glass") : new ExitEnded("glass")),
        ("fire", Duration.Zero, w => new FireChanged(!w.Door.IsFire)),
        ("calendar", Duration.Zero, w => new CalendarSays(!w.Door.IsFreeByCalendar)),
        ("lockdown", Duration.Zero, w => w.Door.IsLockdown ? new LockdownReleased() : new LockdownOrdered()),
        ("restarted", Duration.Zero, _ => new DoorStarted()),
        ("1 s", Duration.FromSeconds(1), _ => new DoorTick()),
        ("2 s", Duration.FromSeconds(2), _ => new DoorTick()),
        ("25 s", Duration.FromSeconds(25), _ => new DoorTick()),
    ];

    private static readonly OpenerDeclaration Slow = new(Duration.FromSeconds(1), Duration.FromSeconds(4), OnExit: true);
    private static readonly OpenerDeclaration AtOnce = new(Duration.Zero, Duration.FromSeconds(10));

    public static TheoryData<UnlockPulse, RelockMode, bool, string, LockType> Locks => new()
    {
        { UnlockPulse.Board, RelockMode.Timer, true, "slow opener", LockType.FailSecure },
        { UnlockPulse.Host, RelockMode.OnOpen, true, "", LockType.FailSecure },
        { UnlockPulse.Host, RelockMode.OnClose, true, "opener at once", LockType.FailSecure },
        { UnlockPulse.Board, RelockMode.OnClose, false, "", LockType.FailSecure },
        { UnlockPulse.Board, RelockMode.OnClose, false, "", LockType.Motor },
        // A magnet: its output is on while it is locked, so it may stay unlocked for ever and falls open without mains.
        { UnlockPulse.Host, RelockMode.Timer, false, "", LockType.FailSafe },
        { UnlockPulse.Host, RelockMode.OnClose, false, "slow opener", LockType.FailSafe },
    };

    [Theory]
    [MemberData(nameof(Locks))]
    public void No_order_of_inputs_breaks_an_invariant(UnlockPulse pulse, RelockMode relock, bool continuousDuty, string opener, LockType type)
    {
        var lockedWhen = type == LockType.FailSafe ? OutputState.On : OutputState.Off;
        var declaration = LockDeclaration.FailSecure with { Type = type, LockedWhen = lockedWhen, Pulse = pulse, Relock = relock, ContinuousDuty = continuousDuty };
        var start = DoorRig.Started(declaration, opener switch { "" => [], "slow opener" => [Slow], _ => [AtOnce] }).State;
        var frontier = new List<(DoorWorld World, string Path)> { (new DoorWorld(start, DoorRig.Start), "start") };
        var walked = 0;
        for (var depth = 1; depth <= Depth; depth++)
        {
            frontier = Walk(frontier, isLast: depth == Depth, ref walked);
        }

        Assert.True(walked > 100_000, $"only {walked} steps were walked");
    }

    private static List<(DoorWorld World, string Path)> Walk(List<(DoorWorld World, string Path)> frontier, bool isLast, ref int walked)
    {
        var reached = new Dictionary<string, (DoorWorld World, string Path)>();
        foreach (var (world, path) in frontier)
        {
            foreach (var (name, elapsed, input) in Moves)
            {
                if (input(world) is not { } happened)
                {
                    continue;
                }

                var (next, broken) = world.Take(happened, elapsed);
                walked++;
                if (broken is not null)
                {
                    Assert.Fail($"{broken}: {path}, {name}");
                }

                if (!isLast)
                {
                    reached.TryAdd(next.Key, (next, $"{path}, {name}"));
                }
            }
        }

        return [.. reached.Values];
    }
}
