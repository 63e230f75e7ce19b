using KioskLink.Rules.Doors;
using NodaTime;

namespace KioskLink.Rules.Premises;

/// <summary>How a door stands, for the doors that are interlocked with it.</summary>
/// <param name="IsClosed">Its contact says that it is closed; a contact that has not reported yet does not.</param>
/// <param name="IsUnlocked">It is unlocked, or an unlock is on its way.</param>
/// <param name="IsFree">It is free for all.</param>
/// <param name="IsLeaving">Its exit was used just now, or there is a fire alarm.</param>
public readonly record struct DoorStanding(bool IsClosed, bool IsUnlocked, bool IsFree, bool IsLeaving)
{
    /// <summary>How a door stands.</summary>
    /// <param name="door">The door.</param>
    /// <param name="now">The time of the door's clock.</param>
    public static DoorStanding Of(DoorState door, Instant now) =>
        new(door.IsOpen is false, door.IsUnlocked, door.FreeUntil is not null, door.IsFire || door.IsBeingLeft(now));
}

/// <summary>Doors of which only one may be open at a time (an airlock). It yields to whoever leaves and to fire: it never keeps anybody in. Pure.</summary>
public static class Interlock
{
    /// <summary>Whether a door may be unlocked.</summary>
    /// <param name="own">The door.</param>
    /// <param name="others">The doors interlocked with it.</param>
    public static bool MayUnlock(DoorStanding own, IEnumerable<DoorStanding> others)
    {
        var standings = others.ToList();
        return own.IsFree || own.IsLeaving || standings.Exists(other => other.IsLeaving) || standings.TrueForAll(IsShut);
    }

    private static bool IsShut(DoorStanding other) => other is { IsClosed: true, IsUnlocked: false };
}
