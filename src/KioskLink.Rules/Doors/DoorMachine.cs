using NodaTime;

namespace KioskLink.Rules.Doors;

/// <summary>
/// The door machine: what happens to a door, and what is done about it. An unlock has an end, is sent once and is abandoned when it is not
/// acknowledged; leaving is never its business. Pure and thread-safe.
/// </summary>
public static class DoorMachine
{
    /// <summary>How long the board has to acknowledge an unlock.</summary>
    public static Duration AcknowledgeWithin { get; } = Duration.FromSeconds(2);

    /// <summary>How long one lease keeps a door free.</summary>
    public static Duration FreeLease { get; } = Duration.FromSeconds(30);

    /// <summary>How often the lease is renewed.</summary>
    public static Duration RenewEvery { get; } = Duration.FromSeconds(20);

    /// <summary>How long after an exit or a fire alarm an opening is no break-in.</summary>
    public static Duration ExitGrace { get; } = Duration.FromSeconds(10);

    /// <summary>How long after relocking an opening may be one that was only reported late.</summary>
    public static Duration ReportGrace { get; } = Duration.FromSeconds(1);

    /// <summary>Unlocks that may be without acknowledgement at once.</summary>
    public const int MaxPending = 8;

    /// <summary>Takes what happened; time that passed before it takes effect first, but no lease is renewed that the input ends.</summary>
    public static (DoorState State, IReadOnlyList<DoorEffect> Effects) Step(DoorState state, DoorInput input, Instant now)
    {
        var step = new DoorStep(state, now);
        step.Elapse();
        step.Take(input);
        step.RenewLease();
        step.PushLeaf();
        return (step.State, step.Effects);
    }
}
