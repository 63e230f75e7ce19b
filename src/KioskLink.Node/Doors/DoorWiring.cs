using KioskLink.Devices;
using KioskLink.Node.Buses;
using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Rules.Doors;
using NodaTime;

namespace KioskLink.Node.Doors;

/// <summary>What node.json says of a door, as the door machine wants it.</summary>
internal static class DoorWiring
{
    /// <summary>The outputs that move the door's locks.</summary>
    /// <exception cref="StartProblem">There is none.</exception>
    public static IReadOnlyList<OutputConfig> LocksOf(DoorConfig door)
    {
        var locks = door.Outputs.Where(output => output.Role == BusPlan.LockRole).ToList();
        return locks.Count > 0
            ? locks
            : throw new StartProblem($"Door {door.Id} has no output with the role \"{BusPlan.LockRole}\": name the device and output that move its lock.");
    }

    /// <summary>The lock as declared; several locks of one door move together, by the declaration of the first.</summary>
    public static LockDeclaration Declare(OutputConfig output) => new(
        // Both enumerations list the same things in the same order.
        (Rules.Doors.LockType)output.Type,
        (OutputState)output.LockedWhen,
        output.ContinuousDuty,
        (UnlockPulse)output.Pulse,
        (RelockMode)output.Relock,
        Duration.FromTimeSpan(output.MaxUnlock));

    /// <summary>What an input's change means for the door; null when it means nothing.</summary>
    public static DoorInput? Meaning(InputConfig input, InputChanged changed) => (input.Role, changed.Active) switch
    {
        ("contact", var active) => new ContactChanged(active == (input.ActiveWhen == "open")),
        ("exit" or "breakGlass", true) => new ExitUsed(),
        ("fire", var active) => new FireChanged(active),
        _ => null,
    };
}
