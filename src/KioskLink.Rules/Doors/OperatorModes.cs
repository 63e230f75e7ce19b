using NodaTime;

namespace KioskLink.Rules.Doors;

/// <summary>What the operator of a door does by itself, as its programme switch says.</summary>
public enum OperatorMode
{
    /// <summary>It opens for those inside, and from outside when its opener is told to.</summary>
    ExitOnly,

    /// <summary>It opens for nobody by itself.</summary>
    Off,

    /// <summary>It opens for whoever comes, from both sides.</summary>
    Automatic,

    /// <summary>It keeps the leaf open.</summary>
    HoldOpen,
}

/// <summary>Which mode the operator of a door is in. Pure and thread-safe.</summary>
public static class OperatorModes
{
    /// <summary>
    /// The mode: what is wanted, but a door that is not free opens for nobody outside, one through which somebody leaves is not off, and in a fire
    /// none is held open or off.
    /// </summary>
    /// <param name="wanted">The mode that belongs to the branch's state.</param>
    /// <param name="door">The door.</param>
    /// <param name="people">How many are counted inside.</param>
    /// <param name="now">The time of the door's clock.</param>
    public static OperatorMode Of(OperatorMode wanted, DoorState door, int people, Instant now) => wanted switch
    {
        OperatorMode.Automatic or OperatorMode.HoldOpen when !door.IsFire && now < door.FreeUntil => wanted,
        OperatorMode.Off when !door.IsFire && people == 0 && !door.IsBeingLeft(now) => wanted,
        _ => OperatorMode.ExitOnly,
    };
}
