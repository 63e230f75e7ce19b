using System.Collections.Immutable;
using KioskLink.Rules.Doors;
using KioskLink.Rules.Premises;
using KioskLink.Rules.Tests.Doors;
using NodaTime;

namespace KioskLink.Rules.Tests.Premises;

/// <summary>
/// Two doors, one behind the other, beside their locks, which have every command at once even if its answer is lost; and what must never be got wrong
/// between them. Immutable.
/// </summary>
internal sealed record Airlock(ImmutableArray<DoorState> Doors, ImmutableArray<Instant?> Locks, Instant Now)
{
    /// <summary>Both doors closed and locked.</summary>
    public static Airlock Started { get; } = Of(DoorRig.Started(LockDeclaration.FailSecure).State);

    public string? Broken { get; private init; }

    /// <summary>Whether a door was unlocked for somebody who leaves, or in a fire, and stands unlocked beside the other.</summary>
    public bool HasYielded { get; private init; }

    /// <summary>What makes two states the same: all that is known of both doors, with times from now and no count of commands.</summary>
    public string Key => HasYielded + string.Join('/', Doors.Zip(Locks, (door, until) => string.Join(',',
        door.IsOpen, door.IsForced, door.IsHeldOpen, door.IsFire, door.IsLockdown, door.IsFreeByCalendar, door.IsContactLost, door.MustLockAfter,
        Left(door.UnlockedUntil), Left(door.FreeUntil), Left(door.RenewAt), Left(door.HeldOpenAt), Left(door.QuietUntil), Left(door.LeavingUntil), Left(until),
        string.Join('+', door.Pending.Select(pending => $"{pending.AttemptId is null}{pending.For}{Left(pending.Deadline)}")))));

    public Airlock Grant(int index)
    {
        var (own, other) = (Standing(index), Standing(1 - index));
        var may = Interlock.MayUnlock(own, [other]);
        var isLeaving = own.IsLeaving || other.IsLeaving;
        var broken = may && !isLeaving && !own.IsFree && (other.IsUnlocked || !other.IsClosed) ? "both doors of an airlock are never open by a grant"
            : !may && isLeaving ? "an airlock yields to whoever leaves, and to fire"
            : null;
        var granted = may ? Feed(index, new DoorGranted($"{Doors[index].LastCommand}", Duration.FromSeconds(3))) : this;
        return granted with { Broken = broken, HasYielded = granted.HasYielded || (may && isLeaving) };
    }

    public Airlock Acknowledge()
    {
        var index = Doors[0].Pending.IsEmpty ? 1 : 0;
        return Doors[index].Pending is [var pending, ..] ? Feed(index, new UnlockAcknowledged(pending.Command)) : this;
    }

    public Airlock Both(Func<DoorState, DoorInput> input) => Feed(0, input(Doors[0])).Feed(1, input(Doors[1]));

    public Airlock Feed(int index, DoorInput input)
    {
        var (door, effects) = DoorMachine.Step(Doors[index], input, Now);
        var until = effects.Aggregate(Locks[index], (until, effect) => effect switch
        {
            UnlockLock unlock => Now + unlock.For,
            LockLock => null,
            _ => until,
        });
        return this with { Doors = Doors.SetItem(index, door), Locks = Locks.SetItem(index, until) };
    }

    public Airlock Wait(int seconds)
    {
        var later = this with { Now = Now + Duration.FromSeconds(seconds) };
        return later.Both(_ => new DoorTick());
    }

    /// <summary>After a move: names the invariant that broke, if one did.</summary>
    public Airlock Checked()
    {
        var areOpen = Locks.All(until => until > Now);
        var isFree = Doors.All(door => door is { IsFreeByCalendar: true, IsLockdown: false });
        return this with
        {
            Broken = Broken ?? (areOpen && !isFree && !HasYielded ? "both locks of an airlock are never open, but for who leaves, fire and free hours" : null),
            HasYielded = HasYielded && areOpen,
        };
    }

    private static Airlock Of(DoorState door) => new([door, door], [null, null], DoorRig.Start);

    private DoorStanding Standing(int index) => DoorStanding.Of(Doors[index], Now);

    private double Left(Instant? until) => until is { } end && end > Now ? (end - Now).TotalSeconds : 0;
}
