using NodaTime;

namespace KioskLink.Rules.Doors;

/// <summary>One step of the door machine: the state as it becomes, and the effects so far. Lives for one call.</summary>
internal sealed partial class DoorStep(DoorState state, Instant now)
{
    private readonly List<DoorEffect> _effects = [];

    public DoorState State { get; private set; } = state;

    public IReadOnlyList<DoorEffect> Effects => _effects;

    public void Elapse()
    {
        foreach (var late in State.Pending.Where(pending => pending.Deadline <= now))
        {
            Abandon(late);
        }

        EndGrant();
        EndLease();
        NoticeHeldOpen();
    }

    public void Take(DoorInput input)
    {
        switch (input)
        {
            case DoorStarted: Start(); break;
            case DoorGranted grant: Grant(grant); break;
            case ContactChanged { IsOpen: true }: Open(); break;
            case ContactChanged: Close(); break;
            case ContactLost: LoseContact(); break;
            case ExitUsed { HeldBy: var by }: Leave(by); break;
            case ExitEnded { HeldBy: var by }: EndExit(by); break;
            case FireChanged fire: Fire(fire.IsActive); break;
            case CalendarSays calendar: SetFree(calendar.IsFree); break;
            case LockdownOrdered: BeginLockdown(); break;
            case LockdownReleased: EndLockdown(); break;
            case UnlockAcknowledged { Command: var command }: Acknowledge(command); break;
            case UnlockRefused { Command: var command }: Refuse(command); break;
            case DoorTick: break;
            default: throw new ArgumentOutOfRangeException(nameof(input), input, "An input that the door machine does not know.");
        }
    }

    public void RenewLease()
    {
        if (State.RenewAt is { } due && due <= now && State.Pending.Count < DoorMachine.MaxPending)
        {
            State = State with { RenewAt = now + DoorMachine.RenewEvery };
            Unlock(null, DoorMachine.FreeLease);
        }
    }

    public void PushLeaf()
    {
        var (openers, pushes) = State.Openers.Elapse(State.LeavingUntil, now);
        State = State with { Openers = openers };
        _effects.AddRange(pushes);
    }

    private void Start()
    {
        State = DoorState.Of(State.Declaration, State.HeldOpenAfter, State.Openers.Declared) with { LastCommand = State.LastCommand };
        _effects.Add(new LockLock());
        if (!State.Openers.Declared.IsEmpty)
        {
            _effects.Add(new StopPushing());
        }
    }

    private void Grant(DoorGranted grant)
    {
        if ((State.IsLockdown && !grant.PassesLockdown) || State.Pending.Count >= DoorMachine.MaxPending)
        {
            _effects.Add(new ReportOutcome(grant.AttemptId, DoorOutcome.NotMoved));
            return;
        }

        Unlock(grant.AttemptId, Duration.Min(grant.UnlockFor, State.Declaration.MaxUnlock), grant.Patience);
    }

    // The board's timer is replaced by each command, so a shorter one must not cut off what still runs.
    private void Unlock(string? attemptId, Duration wanted, double patience = 1)
    {
        var span = State.Pending.Select(pending => pending.For).Append(wanted).Max();
        span = Duration.Max(span, Duration.Max(LeftOf(State.UnlockedUntil), LeftOf(State.FreeUntil)));
        var command = State.LastCommand + 1;
        var pending = new PendingUnlock(command, attemptId, span, now + DoorMachine.AcknowledgeWithin, patience);
        State = State with { LastCommand = command, Pending = State.Pending.Add(pending) };
        _effects.Add(new UnlockLock(command, span));
    }

    private Duration LeftOf(Instant? until) => until is { } end ? end - now : Duration.Zero;

    private void Acknowledge(long command)
    {
        if (State.Pending.Find(pending => pending.Command == command) is not { } unlock)
        {
            LockAfterLateAcknowledgement();
            return;
        }

        var until = now + unlock.For;
        var isLease = unlock.AttemptId is null;
        var openers = State.Openers.Unlocked(unlock.Deadline - DoorMachine.AcknowledgeWithin + unlock.For, pushes: !isLease && !State.IsFire, now);
        State = State with { Pending = State.Pending.Remove(unlock), Openers = openers };
        if (unlock.AttemptId is { } attemptId)
        {
            State = State with { UnlockedUntil = Instant.Max(until, State.UnlockedUntil ?? until), Patience = Math.Max(State.Patience, unlock.Patience) };
            _effects.Add(new ReportOutcome(attemptId, DoorOutcome.Unlocked));
            WatchAnew();
        }
        else if (State.FreeUntil is null)
        {
            Record(DoorEvent.Free);
        }

        if (isLease || State.FreeUntil is not null)
        {
            State = State with { FreeUntil = until, HeldOpenAt = null, IsHeldOpen = false };
        }

        State = State with { IsForced = false };
    }

    private void LockAfterLateAcknowledgement()
    {
        Record(DoorEvent.LateAcknowledgement);
        LockUnlessInForce();
    }

    private void Refuse(long command)
    {
        if (State.Pending.Find(pending => pending.Command == command) is { } unlock)
        {
            Abandon(unlock);
        }
    }

    private void Abandon(PendingUnlock unlock)
    {
        State = State with { Pending = State.Pending.Remove(unlock) };
        if (unlock.AttemptId is { } attemptId)
        {
            _effects.Add(new ReportOutcome(attemptId, DoorOutcome.Abandoned));
        }
        else if (State.RenewAt is { } renewal)
        {
            // A lease is asked for anew, with a command of its own, before the one in force runs out.
            State = State with { RenewAt = Instant.Min(renewal, now + DoorMachine.AcknowledgeWithin) };
        }

        // It may have reached the board with only its answer lost.
        Quieten(DoorMachine.ReportGrace);
        LockUnlessInForce();
    }

    private void LockUnlessInForce()
    {
        State = State with { MustLockAfter = State.IsUnlocked };
        if (!State.IsUnlocked)
        {
            _effects.Add(new LockLock());
        }
    }

    private void EndGrant()
    {
        if (State.UnlockedUntil is not { } end || end > now)
        {
            return;
        }

        State = State with { UnlockedUntil = null, Patience = State.IsOpen is true ? State.Patience : 1 };
        Quieten(DoorMachine.ReportGrace);
        LockAtEnd();
    }

    private void EndLease()
    {
        if (State.FreeUntil is not { } end || end > now)
        {
            return;
        }

        State = State with { FreeUntil = null };
        Record(DoorEvent.FreeLapsed);
        Quieten(DoorMachine.ReportGrace);
        WatchOpenDoor();
        LockAtEnd();
    }

    private void LockAtEnd()
    {
        if (!State.IsUnlocked && (State.Declaration.Pulse == UnlockPulse.Host || State.MustLockAfter))
        {
            State = State with { MustLockAfter = false };
            _effects.Add(new LockLock());
        }
    }

    private void LockNow()
    {
        if (State.IsUnlocked)
        {
            Quieten(DoorMachine.ReportGrace);
        }

        foreach (var attemptId in State.Pending.Select(pending => pending.AttemptId).OfType<string>())
        {
            _effects.Add(new ReportOutcome(attemptId, DoorOutcome.Abandoned));
        }

        State = State with { UnlockedUntil = null, FreeUntil = null, RenewAt = null, Pending = [], MustLockAfter = false, Patience = State.IsOpen is true ? State.Patience : 1 };
        Stop(State.Openers.Locked(now));
        _effects.Add(new LockLock());
    }

    private void SetFree(bool isFree)
    {
        if (State.IsFreeByCalendar == isFree)
        {
            return;
        }

        State = State with { IsFreeByCalendar = isFree };
        if (isFree)
        {
            BeginFree();
        }
        else if (State.RenewAt is not null)
        {
            LockNow();
            Record(DoorEvent.FreeEnded);
            WatchOpenDoor();
        }
    }

    private void BeginFree()
    {
        if (!State.Declaration.CanStayUnlocked)
        {
            Record(DoorEvent.FreeRefused);
        }
        else if (!State.IsLockdown)
        {
            State = State with { RenewAt = now };
        }
    }

    private void BeginLockdown()
    {
        if (State.IsLockdown)
        {
            return;
        }

        LockNow();
        State = State with { IsLockdown = true };
        Record(DoorEvent.Lockdown);
        WatchOpenDoor();
    }

    private void EndLockdown()
    {
        if (!State.IsLockdown)
        {
            return;
        }

        State = State with { IsLockdown = false };
        Record(DoorEvent.LockdownEnded);
        if (State.IsFreeByCalendar)
        {
            BeginFree();
        }
    }

    private void Fire(bool isActive)
    {
        if (State.IsFire == isActive)
        {
            return;
        }

        State = State with { IsFire = isActive };
        Record(isActive ? DoorEvent.Fire : DoorEvent.FireEnded);
        if (isActive)
        {
            Stop(State.Openers.Fire());
        }
        else
        {
            Quieten(DoorMachine.ExitGrace);
            WatchOpenDoor();
        }
    }

    private void Leave(string? heldBy)
    {
        Record(DoorEvent.Exit);
        LetOut();
        State = State with
        {
            ExitsHeld = heldBy is null ? State.ExitsHeld : State.ExitsHeld.Add(heldBy),
            Openers = State.IsFire ? State.Openers : State.Openers.Left(now),
        };
    }

    private void EndExit(string heldBy)
    {
        if (State.ExitsHeld.Contains(heldBy))
        {
            State = State with { ExitsHeld = State.ExitsHeld.Remove(heldBy) };
            LetOut();
        }
    }

    private void LetOut()
    {
        Quieten(DoorMachine.ExitGrace);
        State = State with { LeavingUntil = now + DoorMachine.ExitGrace };
    }

    private void Stop((Openers Next, bool Stops) openers)
    {
        State = State with { Openers = openers.Next };
        if (openers.Stops)
        {
            _effects.Add(new StopPushing());
        }
    }

    private void Quieten(Duration grace) =>
        State = State with { QuietUntil = Instant.Max(now + grace, State.QuietUntil ?? now) };

    private void Record(DoorEvent happened) => _effects.Add(new RecordDoor(happened));
}
