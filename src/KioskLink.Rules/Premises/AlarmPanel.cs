using NodaTime;

namespace KioskLink.Rules.Premises;

/// <summary>Something that happens to the burglar alarm.</summary>
public abstract record PanelInput;

/// <summary>The panel says whether it is armed.</summary>
/// <param name="IsArmed">Whether it is.</param>
public sealed record ArmedChanged(bool IsArmed) : PanelInput;

/// <summary>The panel gives an alarm, or no longer.</summary>
/// <param name="IsActive">Whether it does.</param>
public sealed record BurglaryChanged(bool IsActive) : PanelInput;

/// <summary>The panel has a fault, or no longer.</summary>
/// <param name="IsActive">Whether it has.</param>
public sealed record FaultChanged(bool IsActive) : PanelInput;

/// <summary>The branch has become something else, or was found so at the start.</summary>
/// <param name="To">What it is.</param>
public sealed record PremisesTurned(BranchState To) : PanelInput;

/// <summary>A badge was let in: its holder may go where the alarm is armed.</summary>
public sealed record BadgeLetIn : PanelInput;

/// <summary>Time passed; due at <see cref="AlarmPanel.NextDue"/>.</summary>
public sealed record PanelTick : PanelInput;

/// <summary>What is done about the burglar alarm.</summary>
public enum PanelEffect
{
    /// <summary>Have it armed.</summary>
    Arm,

    /// <summary>Have it disarmed.</summary>
    Disarm,

    /// <summary>Tell that it is armed.</summary>
    TellArmed,

    /// <summary>Tell that it is disarmed.</summary>
    TellDisarmed,

    /// <summary>Tell of a burglary.</summary>
    TellBurglary,

    /// <summary>Tell that the burglary alarm has ended.</summary>
    TellBurglaryEnded,

    /// <summary>Tell of a fault.</summary>
    TellFault,

    /// <summary>Tell that the fault has ended.</summary>
    TellFaultEnded,

    /// <summary>Tell that it was not armed, since people are counted inside.</summary>
    TellRefused,

    /// <summary>Tell that it waits no longer for people to go: the branch opens.</summary>
    TellCalledOff,

    /// <summary>Tell that it did not arm when it was to.</summary>
    TellNotArmed,

    /// <summary>Tell that it did not disarm when it was to.</summary>
    TellNotDisarmed,
}

/// <summary>
/// The burglar alarm beside the doors: armed a while after closing, never while people are counted inside; disarmed at the opening, unless it
/// tells of a burglary, and for badges. Pure: <see cref="Step"/> takes what happened. Immutable.
/// </summary>
/// <param name="ArmAfter">How long after closing it is to be armed; null where somebody else arms it.</param>
public sealed record AlarmPanel(Duration? ArmAfter)
{
    /// <summary>How long the panel has to do what it was told.</summary>
    public static Duration ConfirmWithin { get; } = Duration.FromSeconds(60);

    /// <summary>How often it is looked again whether everybody has gone.</summary>
    public static Duration LookAgainAfter { get; } = Duration.FromSeconds(30);

    /// <summary>Whether it is armed.</summary>
    public bool IsArmed { get; private init; }

    /// <summary>Whether it tells of a burglary.</summary>
    public bool IsBurglary { get; private init; }

    private bool IsFault { get; init; }

    private bool IsClosed { get; init; }

    private Instant? ArmAt { get; init; }

    private bool IsRefused { get; init; }

    private (bool Armed, Instant Until)? Awaited { get; init; }

    // Somebody came, or the branch opened, after it was told to arm and before it said that it has.
    private bool IsOvertaken { get; init; }

    /// <summary>When <see cref="PanelTick"/> has something to do; null when nothing is due.</summary>
    public Instant? NextDue => ArmAt is { } arm && Awaited is { } awaited ? Instant.Min(arm, awaited.Until) : ArmAt ?? Awaited?.Until;

    /// <summary>Takes what happened.</summary>
    /// <param name="input">What.</param>
    /// <param name="people">How many are counted inside.</param>
    /// <param name="now">The time.</param>
    public (AlarmPanel Next, IReadOnlyList<PanelEffect> Effects) Step(PanelInput input, int people, Instant now) => input switch
    {
        ArmedChanged armed when armed.IsArmed != IsArmed => TakeArmed(armed.IsArmed, now),
        BurglaryChanged burglary when burglary.IsActive != IsBurglary =>
            (this with { IsBurglary = burglary.IsActive }, [burglary.IsActive ? PanelEffect.TellBurglary : PanelEffect.TellBurglaryEnded]),
        FaultChanged fault when fault.IsActive != IsFault => (this with { IsFault = fault.IsActive }, [fault.IsActive ? PanelEffect.TellFault : PanelEffect.TellFaultEnded]),
        PremisesTurned { To: BranchState.Closed } => (this with { IsClosed = true, ArmAt = now + ArmAfter, IsRefused = false }, []),
        PremisesTurned { To: BranchState.Staffed or BranchState.SelfService } => Open(now),
        BadgeLetIn => LetIn(now),
        PanelTick => Elapse(people, now),
        _ => (this, []),
    };

    private (AlarmPanel Next, IReadOnlyList<PanelEffect> Effects) TakeArmed(bool armed, Instant now)
    {
        var next = this with { IsArmed = armed, IsOvertaken = false, Awaited = Awaited is { } awaited && awaited.Armed == armed ? null : Awaited };
        if (!armed || !IsOvertaken)
        {
            return (next, [armed ? PanelEffect.TellArmed : PanelEffect.TellDisarmed]);
        }

        var (disarming, effects) = next.Disarm(now);
        return (disarming, [PanelEffect.TellArmed, .. effects]);
    }

    private (AlarmPanel Next, IReadOnlyList<PanelEffect> Effects) Open(Instant now)
    {
        var (next, effects) = IsBurglary ? (this, []) : Disarm(now);
        return (next with { IsClosed = false, ArmAt = null, IsRefused = false }, IsRefused ? [PanelEffect.TellCalledOff, .. effects] : effects);
    }

    // Whoever comes with a badge after closing gets the time of a closing to leave; then it is armed anew.
    private (AlarmPanel Next, IReadOnlyList<PanelEffect> Effects) LetIn(Instant now) =>
        (this with { ArmAt = IsClosed ? now + ArmAfter : ArmAt }).Disarm(now);

    private (AlarmPanel Next, IReadOnlyList<PanelEffect> Effects) Disarm(Instant now) =>
        IsArmed ? (this with { Awaited = (false, now + ConfirmWithin) }, [PanelEffect.Disarm]) : (this with { IsOvertaken = Awaited is { Armed: true } }, []);

    private (AlarmPanel Next, IReadOnlyList<PanelEffect> Effects) Elapse(int people, Instant now)
    {
        var effects = new List<PanelEffect>();
        var next = this;
        if (Awaited is { } awaited && awaited.Until <= now)
        {
            effects.Add(awaited.Armed ? PanelEffect.TellNotArmed : PanelEffect.TellNotDisarmed);
            next = next with { Awaited = null, IsOvertaken = false };
        }

        if (next.ArmAt is { } due && due <= now)
        {
            next = next.TryArm(people, now, effects);
        }

        return (next, effects);
    }

    private AlarmPanel TryArm(int people, Instant now, List<PanelEffect> effects)
    {
        if (IsArmed)
        {
            return this with { ArmAt = null };
        }

        if (people > 0)
        {
            effects.AddRange(IsRefused ? [] : [PanelEffect.TellRefused]);
            return this with { ArmAt = now + LookAgainAfter, IsRefused = true };
        }

        effects.Add(PanelEffect.Arm);
        return this with { ArmAt = null, IsRefused = false, IsOvertaken = false, Awaited = (true, now + ConfirmWithin) };
    }
}
