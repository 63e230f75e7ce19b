using System.Collections.Immutable;
using KioskLink.Rules.Doors;
using KioskLink.Rules.Premises;
using KioskLink.Rules.Tests.Doors;
using NodaTime;

namespace KioskLink.Rules.Tests.Premises;

/// <summary>Walks all orders of 12 inputs to depth 7 at two interlocked doors.</summary>
public class AirlockExplorationTests
{
    private const int Depth = 7;
    private const int MostWalked = 5_000_000;

    private static readonly (string Name, Func<Airlock, Airlock> Move)[] Moves =
    [
        ("grant outer", lockedIn => lockedIn.Grant(0)),
        ("grant inner", lockedIn => lockedIn.Grant(1)),
        ("acknowledged", lockedIn => lockedIn.Acknowledge()),
        ("outer opened", lockedIn => lockedIn.Feed(0, new ContactChanged(true))),
        ("outer closed", lockedIn => lockedIn.Feed(0, new ContactChanged(false))),
        ("inner opened", lockedIn => lockedIn.Feed(1, new ContactChanged(true))),
        ("inner closed", lockedIn => lockedIn.Feed(1, new ContactChanged(false))),
        ("outer exit", lockedIn => lockedIn.Feed(0, new ExitUsed())),
        ("inner exit", lockedIn => lockedIn.Feed(1, new ExitUsed())),
        ("fire", lockedIn => lockedIn.Feed(1, new FireChanged(!lockedIn.Doors[1].IsFire))),
        ("2 s", lockedIn => lockedIn.Wait(2)),
        ("11 s", lockedIn => lockedIn.Wait(11)),
    ];

    [Fact]
    public void No_order_of_inputs_opens_both_doors_of_an_airlock_or_keeps_anybody_in()
    {
        var start = DoorRig.Started(LockDeclaration.FailSecure).State;
        List<(Airlock State, string Path)> frontier = [(new Airlock([start, start], DoorRig.Start), "start")];
        var walked = 0;
        for (var depth = 1; depth <= Depth; depth++)
        {
            frontier = Walk(frontier, ref walked);
        }

        Assert.InRange(walked, 20_000, MostWalked);
    }

    private static List<(Airlock State, string Path)> Walk(List<(Airlock State, string Path)> frontier, ref int walked)
    {
        var reached = new Dictionary<string, (Airlock State, string Path)>();
        foreach (var (state, path) in frontier)
        {
            foreach (var (name, move) in Moves)
            {
                var next = move(state);
                walked++;
                Assert.True(next.Broken is null, $"{next.Broken}: {path}, {name}");
                reached.TryAdd(next.Key, (next, $"{path}, {name}"));
            }
        }

        return [.. reached.Values];
    }

    /// <summary>Two doors, one behind the other, and what must never be got wrong between them. Immutable.</summary>
    private sealed record Airlock(ImmutableArray<DoorState> Doors, Instant Now)
    {
        public string? Broken { get; private init; }

        /// <summary>What makes two states the same: all that is known of both doors, with times from now and no count of commands.</summary>
        public string Key => string.Join('/', Doors.Select(door => string.Join(',',
            door.IsOpen, door.IsForced, door.IsHeldOpen, door.IsFire, door.MustLockAfter, Left(door.UnlockedUntil), Left(door.HeldOpenAt), Left(door.QuietUntil), Left(door.LeavingUntil),
            string.Join('+', door.Pending.Select(pending => Left(pending.Deadline))))));

        public Airlock Grant(int index)
        {
            var (own, other) = (Standing(index), Standing(1 - index));
            var may = Interlock.MayUnlock(own, [other]);
            var isLeaving = own.IsLeaving || other.IsLeaving;
            var broken = may && !isLeaving && (other.IsUnlocked || !other.IsClosed) ? "both doors of an airlock are never open by a grant"
                : !may && isLeaving ? "an airlock yields to whoever leaves, and to fire"
                : null;
            return (may ? Feed(index, new DoorGranted($"{Doors[index].LastCommand}", Duration.FromSeconds(3))) : this) with { Broken = broken };
        }

        public Airlock Acknowledge()
        {
            var index = Doors[0].Pending.IsEmpty ? 1 : 0;
            return Doors[index].Pending is [var pending, ..] ? Feed(index, new UnlockAcknowledged(pending.Command)) : this;
        }

        public Airlock Feed(int index, DoorInput input) => this with { Doors = Doors.SetItem(index, DoorMachine.Step(Doors[index], input, Now).State) };

        public Airlock Wait(int seconds)
        {
            var later = this with { Now = Now + Duration.FromSeconds(seconds) };
            return later.Feed(0, new DoorTick()).Feed(1, new DoorTick());
        }

        private DoorStanding Standing(int index) => DoorStanding.Of(Doors[index], Now);

        private double Left(Instant? until) => until is { } end && end > Now ? (end - Now).TotalSeconds : 0;
    }
}
