using KioskLink.Devices;
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
        var locks = door.Outputs.Where(output => output.Role == OutputConfig.LockRole).ToList();
        return locks.Count > 0
            ? locks
            : throw new StartProblem($"Door {door.Id} has no output with the role \"{OutputConfig.LockRole}\": name the device and output that move its lock.");
    }

    /// <summary>The locks as one: they move together, so each limit is that of the one that bears least.</summary>
    public static LockDeclaration Declare(IReadOnlyList<OutputConfig> locks)
    {
        var declared = locks.Select(Declare).ToList();
        return (declared.Find(one => !one.CanStayUnlocked) ?? declared[0]) with
        {
            Relock = declared[0].Relock,
            Pulse = declared.Exists(one => one.Pulse == UnlockPulse.Host) ? UnlockPulse.Host : UnlockPulse.Board,
            MaxUnlock = declared.Min(one => one.MaxUnlock),
        };
    }

    /// <summary>The openers of the door, in the order in which they are named.</summary>
    public static IReadOnlyList<OutputConfig> OpenersOf(DoorConfig door) => [.. door.Outputs.Where(output => output.Role == OutputConfig.OpenerRole)];

    /// <summary>An opener as declared.</summary>
    public static OpenerDeclaration DeclareOpener(OutputConfig output) =>
        new(Duration.FromTimeSpan(output.Delay), Duration.FromTimeSpan(output.PulseFor), output.OnExit);

    /// <summary>What it means for the door that an input tells nothing any more, its line at fault or its device silent; null when it means nothing. Whoever leaves needs no input.</summary>
    public static DoorInput? MeaningOfSilence(InputConfig input) => input.Role switch
    {
        InputConfig.ContactRole => new ContactLost(),
        InputConfig.ExitRole or InputConfig.GlassRole => new ExitEnded(Place(input)),
        _ => null,
    };

    /// <summary>What an input's change means for the door; null when it means nothing.</summary>
    public static DoorInput? Meaning(InputConfig input, InputChanged changed) => (input.Role, changed.Active) switch
    {
        ("contact", var active) => new ContactChanged(active == (input.ActiveWhen == "open")),
        (InputConfig.ExitRole or InputConfig.GlassRole, true) => new ExitUsed(Place(input)),
        (InputConfig.ExitRole or InputConfig.GlassRole, false) => new ExitEnded(Place(input)),
        ("fire", var active) => new FireChanged(active),
        _ => null,
    };

    private static string Place(InputConfig input) => $"{input.Device}/{input.Input}";

    private static LockDeclaration Declare(OutputConfig output) => new(
        // Both enumerations list the same things in the same order.
        (Rules.Doors.LockType)output.Type,
        (OutputState)output.LockedWhen,
        output.ContinuousDuty,
        (UnlockPulse)output.Pulse,
        (RelockMode)output.Relock,
        Duration.FromTimeSpan(output.MaxUnlock));
}
