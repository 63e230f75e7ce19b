using System.Collections.Concurrent;
using System.Threading.Channels;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Doors;
using KioskLink.Rules.Premises;
using NodaTime;
using Duration = NodaTime.Duration;

namespace KioskLink.Node.Doors;

/// <summary>Runs the <see cref="DoorMachine"/> of one door: one loop, awake only when something happens or falls due. Posting is thread-safe.</summary>
internal sealed class DoorLoop : IDisposable
{
    /// <summary>How many inputs wait for the loop; an unlock that comes on top of them does not move the lock.</summary>
    public const int InputLimit = 256;

    private readonly Channel<Posted> _inputs = Channel.CreateBounded<Posted>(new BoundedChannelOptions(InputLimit) { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Outcome>> _attempts = new();
    private readonly DoorWork _work;
    private readonly WakeTimer _timer;
    private volatile DoorState _state;

    /// <summary>Wires a door; nothing moves before <see cref="RunAsync"/>.</summary>
    /// <param name="id">The door's id.</param>
    /// <param name="state">The door, nothing known of it yet.</param>
    /// <param name="work">What is done elsewhere.</param>
    /// <param name="time">Where time comes from. The door has a clock of its own, so that no correction of the wall clock lengthens an unlock.</param>
    public DoorLoop(string id, DoorState state, DoorWork work, TimeProvider time)
    {
        (Id, _state, _work) = (id, state, work);
        _timer = new WakeTimer(time, () => Post(new DoorTick()));
        Post(new DoorStarted());
    }

    /// <summary>The door's id.</summary>
    public string Id { get; }

    /// <summary>What the door is now.</summary>
    public DoorPhase Phase => _state.Phase;

    /// <summary>How it stands, for doors that are interlocked with it.</summary>
    public DoorStanding Standing => DoorStanding.Of(_state, Now);

    /// <summary>The mode in which its operator is to be.</summary>
    /// <param name="wanted">The mode that belongs to the branch's state.</param>
    /// <param name="people">How many are counted inside.</param>
    public OperatorMode ModeFor(OperatorMode wanted, int people) => OperatorModes.Of(wanted, _state, people, Now);

    /// <summary>How long it stays unlocked; null while it is locked.</summary>
    public Duration? UnlockedFor =>
        _state is { UnlockedUntil: var grant, FreeUntil: var lease } && (grant > lease || lease is null ? grant : lease) is { } until && until > Now ? until - Now : null;

    /// <summary>Says that something has happened at the door.</summary>
    /// <returns>False when too much waits; only an unlock matters so much that its sender must know.</returns>
    public bool Post(DoorInput input) => _inputs.Writer.TryWrite(new Posted(input, null));

    /// <summary>The same, and completes once the door has taken it; false when too much waits or the door has stopped.</summary>
    public Task<bool> PostAsync(DoorInput input)
    {
        var taken = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _inputs.Writer.TryWrite(new Posted(input, taken)) ? taken.Task : Task.FromResult(false);
    }

    /// <summary>Unlocks once for a recorded decision or command, and says what became of it. Call it once for each attempt.</summary>
    public Task<Outcome> UnlockAsync(DoorGranted grant)
    {
        var outcome = new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_attempts.TryAdd(grant.AttemptId, outcome))
            throw new InvalidOperationException($"attempt {grant.AttemptId} was to unlock door {Id} twice");
        if (!Post(grant))
            Report(new ReportOutcome(grant.AttemptId, DoorOutcome.NotMoved));
        return outcome.Task;
    }

    /// <summary>Runs until stopped. Locks are left to the lines, which lock everything when they close.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var (input, taken) in _inputs.Reader.ReadAllAsync(stopping))
            {
                Take(input);
                taken?.SetResult(true);
            }
        }
        finally
        {
            _inputs.Writer.TryComplete();
            while (_inputs.Reader.TryRead(out var left))
                left.Taken?.SetResult(false);
            foreach (var attempt in _attempts.Keys)
                Report(new ReportOutcome(attempt, DoorOutcome.Abandoned));
        }
    }

    /// <summary>Ends the timer.</summary>
    public void Dispose() => _timer.Dispose();

    private Instant Now => NodaConstants.UnixEpoch + Duration.FromTimeSpan(_timer.Now);

    private void Take(DoorInput input)
    {
        (_state, var effects) = DoorMachine.Step(_state, input, Now);
        foreach (var effect in effects)
            Do(effect);
        _timer.WakeAt(_state.NextDue is { } due ? (due - NodaConstants.UnixEpoch).ToTimeSpan() : null);
    }

    private void Do(DoorEffect effect)
    {
        switch (effect)
        {
            case UnlockLock unlock:
                Observe(UnlockAsync(unlock));
                break;
            case LockLock:
                Observe(_work.Lock());
                break;
            case PushDoor push:
                _work.Push(push.Opener, push.For.ToTimeSpan());
                break;
            case StopPushing:
                _work.StopPushing();
                break;
            case ReportOutcome outcome:
                Report(outcome);
                break;
            case RecordDoor record:
                Tell(record);
                break;
        }
    }

    private void Tell(RecordDoor record)
    {
        _work.Told(record.Event);
        _work.Record(new RecordOpen { Kind = RecordKind.Door, DoorId = Id, Detail = DoorWords.Of(record.Event) });
        if (record.IsAlarm)
            _work.Alarm(DoorWords.Subject(Id, record.Event), DoorWords.Alarm(Id, record.Event));
        else if (record.Event is DoorEvent.Closed or DoorEvent.Free or DoorEvent.FreeEnded)
        {
            foreach (var subject in DoorWords.Subjects(Id))
                _work.Alarm(subject, null);
        }
    }

    private async Task UnlockAsync(UnlockLock unlock)
    {
        var acknowledged = await _work.Unlock(unlock.For.ToTimeSpan());
        Post(acknowledged ? new UnlockAcknowledged(unlock.Command) : new UnlockRefused(unlock.Command));
    }

    /// <summary>A lock that fails in a way nobody expected ends the loop, and with it the node: it starts anew, locked.</summary>
    private void Observe(Task moving) => moving.ContinueWith(
        failed => _inputs.Writer.TryComplete(failed.Exception), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    private void Report(ReportOutcome report)
    {
        if (_attempts.TryRemove(report.AttemptId, out var outcome))
            outcome.TrySetResult((Outcome)report.Outcome);
    }

    private readonly record struct Posted(DoorInput Input, TaskCompletionSource<bool>? Taken);
}
