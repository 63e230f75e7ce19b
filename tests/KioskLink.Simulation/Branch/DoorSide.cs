using KioskLink.Node.Doors;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Doors;
using KioskLink.Simulation.World;
using NodaTime;

namespace KioskLink.Simulation.Branch;

/// <summary>Runs the door machine on the lock's board.</summary>
internal sealed class DoorSide(NodeRun run)
{
    public const string DoorId = "front";

    private static readonly Duration ClockSlack = Duration.FromSeconds(5);
    private DoorState _state = DoorState.Of(LockDeclaration.FailSecure with { Pulse = run.Node.Board.Pulse });
    private Instant? _wakeAt;
    private Instant? _followAt;
    private bool _isFree;

    public void Start()
    {
        Take(new DoorStarted());
        if (run.Node.Disk.IsLockdown)
            Take(new LockdownOrdered());
    }

    public void Grant(DoorGranted grant) => Take(grant);

    /// <summary>Begins or ends a lockdown, durably first.</summary>
    public void LockDown(bool begins)
    {
        run.Node.Disk.IsLockdown = begins;
        Take(begins ? new LockdownOrdered() : new LockdownReleased());
    }

    /// <summary>Frees the door in staffed hours, and ends that.</summary>
    public void FollowCalendar()
    {
        var isFree = StaffedHours.AreFree(run.Branch, run.IsStaffPresent, run.IsClockTrusted, run.Facts.AgeAt(run.Now), run.Now);
        if (isFree != _isFree)
            Take(new CalendarSays(_isFree = isFree));
        if (run.Branch?.Hours is not { } hours || !run.IsClockTrusted || _followAt > run.World.Now)
            return;
        var wait = OpeningCalendar.Until(hours, run.Now) is { } change ? change - run.Now + ClockSlack : Duration.FromDays(1);
        _followAt = run.World.Now + wait;
        run.After(wait, FollowCalendar);
    }

    private void Take(DoorInput input)
    {
        (_state, var effects) = DoorMachine.Step(_state, input, run.World.Now);
        foreach (var effect in effects)
            Do(effect, input);
        if (_state.NextDue is { } due && due != _wakeAt)
        {
            _wakeAt = due;
            run.After(due - run.World.Now, Tick);
        }
    }

    // A free door follows the calendar at each renewal, between episodes too.
    private void Tick()
    {
        if (_isFree)
            FollowCalendar();
        Take(new DoorTick());
    }

    private void Do(DoorEffect effect, DoorInput cause)
    {
        switch (effect)
        {
            case UnlockLock unlock:
                Unlock(unlock, _state.Pending.Find(pending => pending.Command == unlock.Command)?.AttemptId);
                break;
            case LockLock when run.World.Bug != PlantedBug.LockLeftAtStart || cause is not DoorStarted:
                run.Node.Board.Lock();
                break;
            case ReportOutcome outcome:
                Report(outcome);
                break;
            case RecordDoor record:
                run.Journal.Append(new RecordOpen { Kind = RecordKind.Door, DoorId = DoorId, Detail = record.Event.ToString() }, null, _ => { });
                break;
        }
    }

    private void Unlock(UnlockLock unlock, string? attemptId)
    {
        var isAnswered = false;
        Send(unlock, attemptId, () =>
        {
            isAnswered = true;
            if (run.IsAlive)
                Take(new UnlockAcknowledged(unlock.Command));
        });
        if (run.World.Bug == PlantedBug.UnlockSentAgain)
            run.After(DoorMachine.AcknowledgeWithin, () =>
            {
                if (!isAnswered)
                    Send(unlock, attemptId, () => { });
            });
    }

    private void Send(UnlockLock unlock, string? attemptId, Action answered)
    {
        var sentAt = run.Now;
        run.Node.Board.Unlock(unlock.For, () => run.Node.Witness.Unlocking(run, attemptId, sentAt), answered);
    }

    private void Report(ReportOutcome report)
    {
        var open = new RecordOpen { Kind = RecordKind.Outcome, AttemptId = report.AttemptId, DoorId = DoorId, Outcome = (Outcome)report.Outcome };
        run.Journal.Append(open, null, _ => { });
        if (report.Outcome == DoorOutcome.Unlocked && !run.World.Chance.OneIn(4))
            Pass();
    }

    // The patron goes in; some hold the door for others.
    private void Pass() => run.After(run.World.Chance.Milliseconds(300, 3000), () =>
    {
        Take(new ContactChanged(IsOpen: true));
        var span = run.World.Chance.OneIn(10) ? run.World.Chance.Seconds(30, 90) : run.World.Chance.Seconds(2, 6);
        run.After(span, () => Take(new ContactChanged(IsOpen: false)));
    });
}
