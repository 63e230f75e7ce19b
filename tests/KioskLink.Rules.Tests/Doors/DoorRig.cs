using KioskLink.Rules.Doors;
using NodaTime;

namespace KioskLink.Rules.Tests.Doors;

/// <summary>A door with a clock that goes only when it is told to.</summary>
internal sealed class DoorRig(LockDeclaration declaration)
{
    private Instant _now = Start;

    public static Instant Start { get; } = Instant.FromUtc(2026, 11, 21, 12, 0);

    public DoorState State { get; private set; } = DoorState.Of(declaration);

    public DoorPhase Phase => State.Phase;

    /// <summary>Started, and known to be closed.</summary>
    public static DoorRig Started(LockDeclaration declaration)
    {
        var rig = new DoorRig(declaration);
        rig.Feed(new DoorStarted());
        rig.Feed(new ContactChanged(false));
        return rig;
    }

    /// <summary>Unlocked for 3 s by attempt "a".</summary>
    public static DoorRig Unlocked(LockDeclaration declaration)
    {
        var rig = Started(declaration);
        rig.Feed(new DoorGranted("a", Duration.FromSeconds(3)));
        rig.Feed(new UnlockAcknowledged(1));
        return rig;
    }

    /// <summary>Free since now.</summary>
    public static DoorRig Free(LockDeclaration declaration)
    {
        var rig = Started(declaration);
        rig.Feed(new CalendarSays(true));
        rig.Feed(new UnlockAcknowledged(1));
        return rig;
    }

    public IReadOnlyList<DoorEffect> Feed(DoorInput input)
    {
        (State, var effects) = DoorMachine.Step(State, input, _now);
        return effects;
    }

    public IReadOnlyList<DoorEffect> After(int seconds, DoorInput? input = null)
    {
        _now += Duration.FromSeconds(seconds);
        return Feed(input ?? new DoorTick());
    }
}
