using KioskLink.Node.Doors;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Doors;
using KioskLink.Rules.Premises;

namespace KioskLink.Node.Passages;

/// <summary>Unlocks doors, of interlocked ones one at a time. Thread-safe.</summary>
internal sealed class Interlocks(IReadOnlyList<InterlockConfig> sets, IReadOnlyDictionary<string, DoorLoop> doors)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _moving = [];

    /// <summary>Unlocks a door once, unless an interlocked one stands in the way. Call it once for each attempt.</summary>
    public async Task<Passing> UnlockAsync(DoorLoop door, DoorGranted grant)
    {
        if (!TryTake(door))
            return new Passing(Outcome.NotMoved, Withheld.OtherDoor);
        try
        {
            return new Passing(await door.UnlockAsync(grant));
        }
        finally
        {
            lock (_gate)
                _moving.Remove(door.Id);
        }
    }

    // While an order is under way the door counts as unlocked, even before its loop has taken the order.
    private bool TryTake(DoorLoop door)
    {
        lock (_gate)
        {
            var may = Interlock.MayUnlock(door.Standing, sets.Where(set => set.Doors.Contains(door.Id)).SelectMany(set => set.Doors).Where(id => id != door.Id).Select(Standing));
            if (may)
                _moving.Add(door.Id);
            return may;
        }
    }

    private DoorStanding Standing(string doorId)
    {
        var standing = doors[doorId].Standing;
        return standing with { IsUnlocked = standing.IsUnlocked || _moving.Contains(doorId) };
    }
}
