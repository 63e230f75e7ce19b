using KioskLink.Rules.Doors;
using NodaTime;

namespace KioskLink.Rules.Tests.Doors;

/// <summary>
/// The door machine beside what it must never get wrong: the lock itself, which has every command at once even if its answer is lost, and
/// the attempts that wait for an outcome. Immutable, so that all orders of inputs can be walked.
/// </summary>
internal sealed record DoorWorld(DoorState Door, Instant Now)
{
    /// <summary>Until when the lock itself is unlocked; null when it is locked.</summary>
    public Instant? LockOpenUntil { get; init; }

    public Instant? ExitAt { get; init; }

    public bool IsGlassBroken { get; init; }

    /// <summary>Until when the opener pushes the leaf; null when it does not.</summary>
    public Instant? PushedUntil { get; init; }

    public int Grants { get; init; }

    /// <summary>Attempts without outcome, in order.</summary>
    public string Waiting { get; init; } = "";

    /// <summary>Whether the last unlock was acknowledged for a badge that passes a lockdown.</summary>
    public bool IsUnlockedByRescue { get; init; }

    /// <summary>What makes two worlds the same: everything known, with times told from now on, and neither names nor numbers of what is past.</summary>
    public string Key => string.Join(',',
        Door.IsOpen, Door.IsHeldOpen, Door.IsForced, Door.IsFire, Door.IsFreeByCalendar, Door.IsLockdown, Door.MustLockAfter, IsUnlockedByRescue, Door.IsContactLost, Door.Patience, IsGlassBroken,
        Left(Door.UnlockedUntil), Left(Door.FreeUntil), Left(Door.RenewAt), Left(Door.HeldOpenAt), Left(Door.QuietUntil), Left(Door.LeavingUntil),
        Left(Door.Openers.LockOpenUntil), Left(Door.Openers.PushesUntil), Left(PushedUntil),
        string.Join('+', Door.Openers.Due.Select(pulse => $"{pulse.IsForExit}{Left(pulse.At)}")),
        Left(LockOpenUntil), Left(ExitAt + DoorMachine.ExitGrace), Door.LastCommand > Door.Pending.Count, Waiting.Count(mark => mark == ' '),
        string.Join('+', Door.Pending.Select(pending => $"{pending.AttemptId?[0]}{pending.For}{pending.Patience}{Left(pending.Deadline)}{pending.Command == 1}")));

    /// <summary>Lets something happen; names the invariant that broke, if one did.</summary>
    public (DoorWorld Next, string? Broken) Take(DoorInput input, Duration elapsed)
    {
        var now = Now + elapsed;
        var (door, effects) = DoorMachine.Step(Door, input, now);
        var next = this with
        {
            Door = door,
            Now = now,
            LockOpenUntil = LockOpenUntil > now ? LockOpenUntil : null,
            PushedUntil = PushedUntil > now ? PushedUntil : null,
            ExitAt = input is ExitUsed or ExitEnded ? now : ExitAt,
            IsGlassBroken = input is ExitUsed { HeldBy: not null } || (IsGlassBroken && input is not ExitEnded),
        };
        if (input is DoorStarted)
        {
            next = next.Restarted();
        }
        else if (input is DoorGranted grant)
        {
            next = next with { Grants = Grants + 1, Waiting = $"{next.Waiting}{grant.AttemptId} " };
        }

        foreach (var effect in effects)
        {
            (next, var broken) = next.Apply(effect, input, Door);
            if (broken is not null)
            {
                return (next, broken);
            }
        }

        return (next, next.FindBroken() ?? (input is DoorStarted ? next.FindBrokenByStart() : null));
    }

    // Another process knows of no attempt and has heard of no exit; the lock and the opener are as they were.
    private DoorWorld Restarted() => this with { Waiting = "", ExitAt = null, IsGlassBroken = false, IsUnlockedByRescue = false };

    private (DoorWorld Next, string? Broken) Apply(DoorEffect effect, DoorInput input, DoorState before) => effect switch
    {
        UnlockLock unlock => (this with { LockOpenUntil = OpenUntil(unlock.For) }, FindBrokenBy(unlock, input, before)),
        LockLock => (this with { LockOpenUntil = null }, null),
        PushDoor push => (this with { PushedUntil = Now + push.For }, FindBrokenBy(push)),
        StopPushing => (this with { PushedUntil = null }, null),
        ReportOutcome report => Settle(report),
        RecordDoor { Event: DoorEvent.Forced } => (this, FindBrokenByForced(input)),
        _ => (this, null),
    };

    // Null, past and still to come differ.
    private string Left(Instant? until) => until is not { } end ? "-" : end == Instant.MaxValue ? "always" : end <= Now ? "past" : $"{(end - Now).TotalMilliseconds}";

    private Instant OpenUntil(Duration span) =>
        Door.Declaration.Pulse == UnlockPulse.Board ? Now + span : Instant.MaxValue;

    private string? FindBrokenBy(UnlockLock unlock, DoorInput input, DoorState before)
    {
        var isFree = Door.IsFreeByCalendar && Door.Declaration.CanStayUnlocked && !Door.IsLockdown;
        var limit = isFree ? Duration.Max(DoorMachine.FreeLease, Door.Declaration.MaxUnlock) : Door.Declaration.MaxUnlock;
        return unlock.Command <= before.LastCommand ? "no command is ever sent twice"
            : unlock.For > limit ? "no unlock is longer than the lock allows"
            : Door.IsLockdown && input is not DoorGranted { PassesLockdown: true } ? "a lockdown unlocks only for the badges that pass it"
            : input is not DoorGranted && !isFree ? "nothing unlocks but a grant or free hours"
            : null;
    }

    private string? FindBrokenBy(PushDoor push) =>
        Door.IsFire ? "no opener pushes in a fire"
        : push.For > Door.Openers.Declared[push.Opener].Pulse || push.For <= Duration.Zero ? "no push is longer than declared"
        : null;

    // Whoever presses the exit button has opened the lock by its wiring.
    private bool MayBePushed => LockOpenUntil is not null || (Door.Openers.Declared.Any(opener => opener.OnExit) && (IsGlassBroken || Now - ExitAt < DoorMachine.ExitGrace));

    private (DoorWorld Next, string? Broken) Settle(ReportOutcome report)
    {
        var mark = $"{report.AttemptId} ";
        var at = Waiting.IndexOf(mark, StringComparison.Ordinal);
        var next = at < 0 ? this : this with { Waiting = Waiting.Remove(at, mark.Length) };
        next = report.Outcome == DoorOutcome.Unlocked
            ? next with { IsUnlockedByRescue = report.AttemptId.StartsWith("rescue", StringComparison.Ordinal) }
            : next;
        return (next, at < 0 ? "an attempt has one outcome" : null);
    }

    private string? FindBrokenByForced(DoorInput input) =>
        input is not ContactChanged { IsOpen: true } ? "only an opening is a break-in"
        : Door.IsFire || IsGlassBroken || Now - ExitAt < DoorMachine.ExitGrace ? "exit and fire suppress the forced alarm"
        : LockOpenUntil is not null ? "an unlocked door is not forced"
        : null;

    private string? FindBrokenByStart() =>
        LockOpenUntil is not null || Door.IsUnlocked ? "a start locks whatever was left open"
        : PushedUntil is not null ? "a start stops whatever was left pushing"
        : null;

    private string? FindBroken() => FindBrokenAlways() ?? FindBrokenInFreeHours();

    private string? FindBrokenInFreeHours()
    {
        var hasLease = Door.RenewAt is not null || Door.FreeUntil is not null || Door.Pending.Any(pending => pending.AttemptId is null);
        var isFree = Door.IsFreeByCalendar && !Door.IsLockdown && Door.Declaration.CanStayUnlocked;
        return hasLease && !isFree ? "a door is free in free hours only, and in no lockdown"
            : isFree && Door.RenewAt is null ? "free hours are asked for until they end, though the board never answers"
            : null;
    }

    private string? FindBrokenAlways()
    {
        var isExpected = Door.UnlockedUntil is not null || Door.FreeUntil is not null || !Door.Pending.IsEmpty;
        var waiting = string.Concat(Door.Pending.Where(p => p.AttemptId is not null).Select(p => $"{p.AttemptId} "));
        return PushedUntil is not null && !MayBePushed ? "no opener pushes a locked door"
            : LockOpenUntil is not null && !isExpected ? "the lock is never open past what the machine knows"
            : Door.UnlockedUntil <= Now || Door.FreeUntil <= Now || Door.Pending.Any(p => p.Deadline <= Now) ? "nothing outlives its end"
            : Door.UnlockedUntil - Now > Duration.FromSeconds(30) || Door.FreeUntil - Now > Duration.FromSeconds(30) ? "an end is never far away"
            : waiting != Waiting ? "every attempt gets its outcome"
            : Door.IsLockdown && IsOpenInLockdown() ? "a lockdown holds nothing open for others"
            : null;
    }

    private bool IsOpenInLockdown() =>
        Door.FreeUntil is not null
        || (Door.UnlockedUntil is not null && !IsUnlockedByRescue)
        || Door.Pending.Any(pending => pending.AttemptId?.StartsWith("rescue", StringComparison.Ordinal) is not true);
}
