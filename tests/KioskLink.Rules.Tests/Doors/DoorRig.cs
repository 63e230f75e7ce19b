using KioskLink.Rules.Doors;
using NodaTime;

namespace KioskLink.Rules.Tests.Doors;

/// <summary>A door with a clock that goes only when it is told to.</summary>
internal sealed class DoorRig(LockDeclaration declaration, params OpenerDeclaration[] openers)
{
    private Instant _now = Start;

    public static Instant Start { get; } = Instant.FromUtc(2026, 11, 21, 12, 0);

    public DoorState State { get; private set; } = DoorState.Of(declaration, openers: openers);

    public DoorPhase Phase => State.Phase;

    /// <summary>Started, and known to be closed.</summary>
    public static DoorRig Started(LockDeclaration declaration, params OpenerDeclaration[] openers)
    {
        var rig = new DoorRig(declaration, openers);
        rig.Feed(new DoorStarted());
        rig.Feed(new ContactChanged(false));
        return rig;
    }

    /// <summary>Unlocked for 3 s by attempt "a".</summary>
    public static DoorRig Unlocked(LockDeclaration declaration, params OpenerDeclaration[] openers)
    {
        var rig = Started(declaration, openers);
        rig.Feed(new DoorGranted("a", Duration.FromSeconds(3)));
        rig.Feed(new UnlockAcknowledged(1));
        return rig;
    }

    /// <summary>Free since now.</summary>
    public static DoorRig Free(LockDeclaration declaration, params OpenerDeclaration[] openers)
    {
        var rig = Started(declaration, openers);
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
