using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp;

namespace KioskLink.Devices.Relays;

/// <summary>One board on the line: what to ask next, and what an answer means. Pure but for the promises it keeps; the bus's thread alone uses it, orders come from any.</summary>
internal sealed class RelayBoard
{
    private readonly IRelayProtocol _protocol;
    private readonly RelayLimits _limits;
    private readonly Action<DeviceEvent> _tell;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private readonly Queue<RelayOrder> _orders = new();
    private readonly RelayLocks _locks;
    private readonly RelayInputs _inputs;
    private readonly RelayJob _poll = new(RelayRequest.Read, RelayJobKind.Poll, null);
    private readonly RelayJob _look = new(RelayRequest.ReadInputs, RelayJobKind.Inputs, null);
    private RelayJob? _job;
    private bool _toldOffline;
    private TimeSpan _dueAt;
    private TimeSpan _lookAt;
    private volatile bool _online;
    private DeviceCounters _counters;
    private TimeSpan? _lastReply;

    public RelayBoard(RelayBoardOptions options, IRelayProtocol protocol, RelayLimits limits, Action<DeviceEvent> tell, TimeProvider clock)
    {
        (Options, _protocol, _limits, _tell, _clock) = (options, protocol, limits, tell, clock);
        _locks = new RelayLocks(options);
        _inputs = new RelayInputs(options, tell, clock);
    }

    public RelayBoardOptions Options { get; }

    public bool Online => _online;

    public DeviceStatus Status => new(Options.Id, Options.Address, Online, SessionSecurity.Clear, null, Capabilities, _counters, _lastReply);

    /// <summary>When the board wants the line next, orders aside.</summary>
    public TimeSpan DueAt
    {
        get
        {
            if (_job is not null)
                return TimeSpan.Zero;
            var due = _online && _inputs.Any && _lookAt < _dueAt ? _lookAt : _dueAt;
            return _online && _locks.NextDue() is { } lockAt && lockAt < due ? lockAt : due;
        }
    }

    public bool HasOrder
    {
        get
        {
            lock (_gate)
                return _orders.Count > 0;
        }
    }

    private DeviceCapabilities Capabilities => new() { Outputs = Options.Outputs, OutputsTimed = Options.Timed, Inputs = Options.Inputs };

    public int LockOf(byte output) => _locks.IndexOf(output);

    /// <summary>Takes an order; false when the board is offline or too much waits for it.</summary>
    public bool TryOrder(RelayOrder order)
    {
        lock (_gate)
        {
            if (!_online || _orders.Count >= RelayLimits.OrderQueue)
                return false;
            _orders.Enqueue(order);
            return true;
        }
    }

    /// <summary>The next request; null when there is nothing to ask now.</summary>
    public RelayRequest? Next(TimeSpan now)
    {
        _job ??= NextJob(now);
        return _job?.Verifying == true ? RelayRequest.Read : _job?.Request;
    }

    /// <summary>The request has gone out and needs no answer.</summary>
    public void Sent(TimeSpan now)
    {
        if (_job is not { } job)
            return;
        _counters = _counters with { Exchanges = _counters.Exchanges + 1 };
        if (_protocol.Knows(RelayVerb.Read))
            job.Verifying = true;
        else
            Succeed(job, null, now);
    }

    /// <summary>An answer has come.</summary>
    public void Take(RelayReply reply, TimeSpan took, TimeSpan now)
    {
        if (_job is not { } job)
            return;
        (_counters, _lastReply) = (_counters with { Exchanges = _counters.Exchanges + 1 }, took);
        if (reply.Kind == RelayReplyKind.Refused)
            Refuse(job, now);
        else if (job.Verifying && reply.States is { } states && !job.IsShownBy(states))
            Again(job, now);
        else
            Succeed(job, reply.States, now);
    }

    /// <summary>No answer, or a broken one.</summary>
    public void Fail(bool damaged, TimeSpan now)
    {
        if (_job is not { } job)
            return;
        _counters = _counters.After(damaged ? ExchangeFailure.Damaged : ExchangeFailure.Silent);
        // A board that has never answered is tried once at a time; a broken answer is an answer.
        if (job.Failures++ >= _limits.Retries || (!_online && !damaged))
        {
            GiveUp(job, now);
            return;
        }
        _counters = _counters with { Retries = _counters.Retries + 1 };
        // Whether an unlock was taken only the board can tell; sent again unasked it might open the door twice.
        job.Verifying |= job.Unlocks && _protocol.Knows(RelayVerb.Read);
    }

    /// <summary>The port has vanished.</summary>
    public void PortLost(TimeSpan now)
    {
        if (_job is { } job)
            GiveUp(job, now);
        else
            GoOffline(now);
        _dueAt = TimeSpan.Zero;
    }

    /// <summary>Orders the locks locked before the bus stops.</summary>
    public void LockBeforeStop()
    {
        if (!_online)
            return;
        FailOrders();
        _job?.Order?.Complete(OutputResult.Unacknowledged);
        _job = new RelayJob(LockAll, RelayJobKind.Stop, null);
    }

    /// <summary>A last order to lock is under way.</summary>
    public bool IsStopping => _job?.Kind == RelayJobKind.Stop;

    private RelayJob? NextJob(TimeSpan now)
    {
        if (!_online)
            return now < _dueAt ? null : new RelayJob(_protocol.Knows(RelayVerb.Identify) ? RelayRequest.Identify : LockAll, RelayJobKind.Start, null);
        if (TakeOrder(now) is { } order)
            return new RelayJob(order.UnlockFor is { } span ? _locks.Unlock(order.Lock, span) : _locks.Lock(order.Lock), RelayJobKind.Order, order);
        if (_locks.Due(now) is { } due)
            return new RelayJob(_locks.Lock(due), RelayJobKind.Relock, null) { Lock = due };
        if (_inputs.Any && now >= _lookAt)
        {
            _lookAt = now + _limits.InputInterval;
            return _look.Renew();
        }
        if (now < _dueAt)
            return null;
        _dueAt = now + _limits.PollInterval;
        return _protocol.Knows(RelayVerb.Read) ? _poll.Renew() : null;
    }

    private RelayRequest LockAll => RelayRequest.SetAll(_locks.LockedStates);

    private RelayOrder? TakeOrder(TimeSpan now)
    {
        lock (_gate)
            while (_orders.TryDequeue(out var order))
            {
                if (now <= order.Deadline)
                    return order;
                order.Complete(OutputResult.NotSent);
            }
        return null;
    }

    private void Succeed(RelayJob job, uint? states, TimeSpan now)
    {
        _job = null;
        switch (job.Kind)
        {
            case RelayJobKind.Start when job.Request.Verb == RelayVerb.Identify:
                _job = new RelayJob(LockAll, RelayJobKind.Start, null);
                break;
            case RelayJobKind.Start when job.Request.Verb == RelayVerb.SetAll && _inputs.Any:
                _job = new RelayJob(RelayRequest.ReadInputs, RelayJobKind.Start, null);
                break;
            case RelayJobKind.Start:
                TellInputs(states);
                GoOnline(now);
                break;
            case RelayJobKind.Inputs:
                TellInputs(states);
                break;
            case RelayJobKind.Order:
                Settle(job.Order!, now);
                break;
            case RelayJobKind.Relock:
                _locks.Locked(job.Lock);
                break;
            case RelayJobKind.Poll when states is { } told && _locks.Astray(told) is { } astray:
                _job = new RelayJob(_locks.Lock(astray), RelayJobKind.Relock, null) { Lock = astray };
                break;
        }
    }

    private void TellInputs(uint? states)
    {
        if (_inputs.Any && states is { } told)
            _inputs.Take(told);
    }

    private void Settle(RelayOrder order, TimeSpan now)
    {
        if (order.UnlockFor is { } span)
            _locks.UnlockedUntil(order.Lock, now + span + (_locks.BoardEnds(order.Lock) ? _limits.PulseSlack : TimeSpan.Zero));
        else
            _locks.Locked(order.Lock);
        order.Complete(OutputResult.Acknowledged);
    }

    // The board has said that it did not do it: that is no doubt, and sending it again repeats nothing.
    private void Again(RelayJob job, TimeSpan now)
    {
        job.Verifying = false;
        if (job.IsShortPulse)
            Drop(job);
        else if (job.Failures++ >= _limits.Retries || now > job.Order?.Deadline)
            GiveUp(job, now);
    }

    private void Refuse(RelayJob job, TimeSpan now)
    {
        _counters = _counters with { Naks = _counters.Naks + 1 };
        if (job.Kind != RelayJobKind.Order)
        {
            GiveUp(job, now);
            return;
        }
        _job = null;
        job.Order!.Complete(OutputResult.Rejected);
    }

    private void Drop(RelayJob job)
    {
        _job = null;
        job.Order?.Complete(OutputResult.Unacknowledged);
    }

    private void GiveUp(RelayJob job, TimeSpan now)
    {
        Drop(job);
        GoOffline(now);
    }

    private void GoOnline(TimeSpan now)
    {
        _locks.AllLocked();
        _counters = _counters with { Sessions = _counters.Sessions + 1 };
        (_online, _toldOffline, _dueAt) = (true, false, now + _limits.PollInterval);
        _tell(new DeviceOnline(Options.Id, new DeviceIdentity(), Capabilities, SessionSecurity.Clear, _clock.GetUtcNow()));
    }

    private void GoOffline(TimeSpan now)
    {
        _online = false;
        _inputs.Forget();
        _dueAt = now + _limits.AbsentInterval;
        FailOrders();
        if (_toldOffline)
            return;
        _toldOffline = true;
        _tell(new DeviceOffline(Options.Id, _clock.GetUtcNow()));
    }

    private void FailOrders()
    {
        lock (_gate)
            while (_orders.TryDequeue(out var order))
                order.Complete(OutputResult.NotSent);
    }
}
