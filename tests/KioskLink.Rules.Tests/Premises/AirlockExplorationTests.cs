using KioskLink.Rules.Doors;

namespace KioskLink.Rules.Tests.Premises;

/// <summary>Walks all orders of inputs to depth 7 at two interlocked doors: of 12 about those who leave, and of 13 about hours, lockdown, restarts and dead contacts.</summary>
public class AirlockExplorationTests
{
    private const int Depth = 7;
    private const int MostWalked = 5_000_000;

    private static readonly (string Name, Func<Airlock, Airlock> Move)[] Common =
    [
        ("grant outer", airlock => airlock.Grant(0)),
        ("grant inner", airlock => airlock.Grant(1)),
        ("acknowledged", airlock => airlock.Acknowledge()),
        ("outer opened", airlock => airlock.Feed(0, new ContactChanged(true))),
        ("outer closed", airlock => airlock.Feed(0, new ContactChanged(false))),
        ("inner opened", airlock => airlock.Feed(1, new ContactChanged(true))),
        ("inner closed", airlock => airlock.Feed(1, new ContactChanged(false))),
        ("2 s", airlock => airlock.Wait(2)),
    ];

    private static readonly (string Name, Func<Airlock, Airlock> Move)[] Leaving =
    [
        ("outer exit", airlock => airlock.Feed(0, new ExitUsed())),
        ("inner exit", airlock => airlock.Feed(1, new ExitUsed())),
        ("fire", airlock => airlock.Feed(1, new FireChanged(!airlock.Doors[1].IsFire))),
        ("11 s", airlock => airlock.Wait(11)),
    ];

    private static readonly (string Name, Func<Airlock, Airlock> Move)[] Hours =
    [
        ("calendar", airlock => airlock.Both(door => new CalendarSays(!door.IsFreeByCalendar))),
        ("lockdown", airlock => airlock.Both(door => door.IsLockdown ? new LockdownReleased() : new LockdownOrdered())),
        ("restarted", airlock => airlock.Both(_ => new DoorStarted())),
        ("inner contact lost", airlock => airlock.Feed(1, new ContactLost())),
        ("25 s", airlock => airlock.Wait(25)),
    ];

    [Fact]
    public void No_order_of_inputs_opens_both_doors_of_an_airlock_or_keeps_anybody_in() => Walk([.. Common, .. Leaving]);

    [Fact]
    public void No_order_of_hours_lockdowns_restarts_and_unanswered_unlocks_opens_both_locks_of_an_airlock() => Walk([.. Common, .. Hours]);

    private static void Walk((string Name, Func<Airlock, Airlock> Move)[] moves)
    {
        List<(Airlock State, string Path)> frontier = [(Airlock.Started, "start")];
        var walked = 0;
        for (var depth = 1; depth <= Depth; depth++)
        {
            frontier = Walk(frontier, moves, ref walked);
        }

        Assert.InRange(walked, 20_000, MostWalked);
    }

    private static List<(Airlock State, string Path)> Walk(
        List<(Airlock State, string Path)> frontier, (string Name, Func<Airlock, Airlock> Move)[] moves, ref int walked)
    {
        var reached = new Dictionary<string, (Airlock State, string Path)>();
        foreach (var (state, path) in frontier)
        {
            foreach (var (name, move) in moves)
            {
                var next = move(state).Checked();
                walked++;
                Assert.True(next.Broken is null, $"{next.Broken}: {path}, {name}");
                reached.TryAdd(next.Key, (next, $"{path}, {name}"));
            }
        }

        return [.. reached.Values];
    }
}
