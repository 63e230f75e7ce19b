using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp.Commands;
using KioskLink.Devices.Osdp.Replies;
using KioskLink.Devices.Readers;

namespace KioskLink.Devices.Osdp;

/// <summary>The panel's side of one device as a state machine: says which frame is next, takes the reply or its absence. No port, no thread, no clock of its own.</summary>
internal sealed class DeviceSession : IDisposable
{
    private readonly OsdpDeviceOptions _device;
    private readonly OsdpLimits _limits;
    private readonly Action<DeviceEvent> _tell;
    private readonly TimeProvider _clock;
    private readonly Handshake _handshake;
    private readonly ReplyReader _replies;
    private readonly DeviceReports _reports;
    private readonly Exchange _exchange = new();
    private readonly SessionAlarms _alarms;
    private readonly StartBackoff _backoff;
    private readonly Backlog _backlog;
    private volatile SessionPhase _phase;
    private TimeSpan _readyAt;
    private TimeSpan _pollAt;
    private byte _sequence;
    private bool _everOnline;
    private bool? _toldOnline;
    private TimeSpan _sentAt;
    private TimeSpan _lastReplyAt;
    private QueuedCommand? _keyChange;

    public DeviceSession(OsdpDeviceOptions device, OsdpLimits limits, Action<DeviceEvent> tell, TimeProvider clock, FillRandom random)
    {
        (_device, _limits, _tell, _clock, Address) = (device, limits, tell, clock, device.Address);
        _handshake = new Handshake(device, random);
        _replies = new ReplyReader(_handshake.Channel);
        _reports = new DeviceReports(device, limits, tell, clock);
        _alarms = new SessionAlarms(device.Id, tell, clock);
        _backoff = new StartBackoff(limits);
        _backlog = new Backlog(device);
    }

    public string Id => _device.Id;

    public byte Address { get; private set; }

    public CommandQueue Orders => _backlog.Orders;

    public CommandQueue Feedback => _backlog.Feedback;

    public LockOutputs Locks => _backlog.Locks;

    public DeviceAbilities Abilities => _reports.Abilities;

    /// <summary>Commands may be queued. Read by any thread.</summary>
    public bool Online => _phase == SessionPhase.Online;

    /// <summary>When the next frame is to go out: at once where something waits, else at the device's share of polls.</summary>
    public TimeSpan DueAt => _pollAt > _readyAt && Idle ? _pollAt : _readyAt;

    /// <summary>A speed the device has just agreed to take; the line follows.</summary>
    public int? AgreedBaud { get; private set; }

    public DeviceStatus Status => new(Id, Address, Online, _handshake.Security, _reports.Identity, Abilities.Told, Counters, LastReply);

    public DeviceCounters Counters { get; private set; }

    private TimeSpan? LastReply { get; set; }

    private bool Idle => Online && !_exchange.Pending && _backlog.IsEmpty;

    /// <summary>An order is waiting or must be sent again, or a lock must be locked: this device is next on the line.</summary>
    public bool HasOrder(TimeSpan now) => Online && _readyAt <= now && (_exchange.Command is OutputCommand || _backlog.HasOrder(now));

    /// <summary>An order waits or is on its way.</summary>
    public bool HasUnfinishedOrder => Online && (Orders.Count > 0 || _exchange.Queued is not null);

    /// <summary>Sessions with this device are secured.</summary>
    public bool Secured => _handshake.Wanted;

    /// <summary>By a key that everyone knows.</summary>
    public bool UsesInstallKey => _handshake.UsesInstallKey;

    public CardMapping Cards => _reports.Presentations.Cards;

    /// <summary>When something falls due here that no other thread announces.</summary>
    public TimeSpan NextDue() => Online && Locks.NextRelock() is { } relock && relock < DueAt ? Max(relock, _readyAt) : DueAt;

    /// <summary>The frame to send now: the pending one again, or the next. Empty when an order has meanwhile become too late.</summary>
    public ReadOnlySpan<byte> NextFrame(TimeSpan now)
    {
        if (_exchange.Pending)
        {
            // Sent again it would be late: then rather nobody knows, and the next session begins by locking.
            if (_exchange.Queued?.Expired(now) == true)
            {
                Lose(now);
                return default;
            }
            Counters = Counters with { Retries = Counters.Retries + 1 };
        }
        else if (_handshake.UsesInstallKey && now > _limits.InstallTime)
        {
            RefuseKey(KeyAlarmReason.InstallTimeOver, now);
            return default;
        }
        else
        {
            Begin(now);
        }
        _sentAt = now;
        return _exchange.Bytes;
    }

    /// <summary>Takes a frame that came after ours. False: it is none of ours, the reply is still to come.</summary>
    public bool Take(in Frame reply, TimeSpan now)
    {
        if (!reply.IsReply || reply.Address != Address || !_exchange.Pending)
            return false;
        if (!reply.Secured && reply.Id == (byte)ReplyId.Busy)
            return Busy(now);
        var nak = reply.Id == (byte)ReplyId.Nak;
        // An old reply that comes late carries an old number. A device that knows no session may number its NAK as it likes.
        if (reply.Sequence != _exchange.Sequence && !nak)
            return false;
        var data = _replies.Read(reply, _exchange.Command!, out var failure);
        if (failure is { } reason)
            Fail(reason, now);
        else if (nak)
            Refused(NakReply.Read(data), now);
        else if (reply.Id == (byte)ReplyId.Busy)
            // Inside the secure channel a BUSY has moved the chain of MACs on: the same bytes would be wrong now.
            Declined(now);
        else
            Answered(reply, data, now);
        return true;
    }

    /// <summary>The reply was damaged or did not come.</summary>
    public void Fail(ExchangeFailure failure, TimeSpan now)
    {
        Counters = Counters.After(failure);
        if (failure == ExchangeFailure.Clear && _exchange.Failures >= _limits.Retries)
            _alarms.Raise(KeyAlarmReason.ClearReply);
        // A device that has not answered in this session gets one try, so that an absent one costs the others one slot.
        var tries = _sequence == 0 && failure == ExchangeFailure.Silent ? 0 : _limits.Retries;
        if (++_exchange.Failures > tries)
            Lose(now);
        else
            _readyAt = now;
    }

    /// <summary>The port is gone: whatever was waiting is answered, and the session starts anew when the port is back.</summary>
    public void PortLost(TimeSpan now)
    {
        EndSession();
        TellOffline();
        _backoff.Proven();
        _readyAt = now;
    }

    /// <summary>Starts the session anew at once.</summary>
    public void Restart(TimeSpan now)
    {
        EndSession();
        AgreedBaud = null;
        _readyAt = now;
    }

    public void Dispose() => _handshake.Dispose();

    private void Begin(TimeSpan now)
    {
        QueuedCommand? queued = null;
        var command = _phase switch
        {
            SessionPhase.Absent => Start(),
            SessionPhase.Cryptogram => _handshake.Proof(),
            SessionPhase.Locking => Locks.LockAll(letTimersEnd: _everOnline && Abilities.OutputsTimed),
            SessionPhase.Identify => Request.Identify,
            SessionPhase.Capabilities => Request.Capabilities,
            SessionPhase.LocalStatus => Request.LocalStatus,
            SessionPhase.InputStatus => Request.InputStatus,
            _ => Choose(now, out queued),
        };
        _exchange.Begin(command, queued, Address, _sequence, _handshake.Channel);
    }

    private OsdpCommand Start()
    {
        _sequence = 0;
        _handshake.Channel.Forget();
        _reports.SessionBegins();
        _phase = _handshake.Wanted ? SessionPhase.Challenge : SessionPhase.Greeting;
        return _handshake.Wanted ? _handshake.Challenge() : Request.Poll;
    }

    private OsdpCommand Choose(TimeSpan now, out QueuedCommand? queued)
    {
        var next = _backlog.Next(now, out queued);
        if (next is KeySetCommand keySet)
            _handshake.Offer(keySet.Key);
        if (next is not null)
            return next;
        if (now - _lastReplyAt > _limits.StaleSilence)
            _reports.Presentations.Doubt();
        return Request.Poll;
    }

    private bool Busy(TimeSpan now)
    {
        Counters = Counters with { Busy = Counters.Busy + 1 };
        if (++_exchange.BusyReplies > _limits.BusyMax)
            Lose(now);
        else
            _readyAt = now + _limits.BusyDelay;
        return true;
    }

    private void Answered(in Frame reply, ReadOnlySpan<byte> data, TimeSpan now)
    {
        var command = _exchange.Command!;
        var queued = _exchange.Queued;
        var alarm = _phase switch
        {
            SessionPhase.Challenge => _handshake.AcceptCryptogram(reply),
            SessionPhase.Cryptogram => _handshake.AcceptInitialRMac(reply),
            _ => null,
        };
        Complete(now);
        if (alarm is { } reason)
        {
            RefuseKey(reason, now);
            return;
        }
        _reports.Take((ReplyId)reply.Id, data);
        if (_phase == SessionPhase.Online)
            Finish(command, queued, (ReplyId)reply.Id, data, now);
        else
            Advance();
    }

    private void Complete(TimeSpan now)
    {
        Counters = Counters with { Exchanges = Counters.Exchanges + 1 };
        LastReply = now - _sentAt;
        _lastReplyAt = now;
        _sequence = (byte)(_sequence % 3 + 1);
        _exchange.End();
        _readyAt = now;
    }

    private void Advance()
    {
        _phase = _phase switch
        {
            SessionPhase.Challenge => SessionPhase.Cryptogram,
            SessionPhase.Greeting or SessionPhase.Cryptogram => Locks.Any ? SessionPhase.Locking : SessionPhase.Identify,
            SessionPhase.InputStatus => SessionPhase.Online,
            SessionPhase.LocalStatus when Abilities.Told.Inputs == 0 => SessionPhase.Online,
            var phase => phase + 1,
        };
        if (_phase == SessionPhase.Online)
            CameUp();
    }

    private void CameUp()
    {
        Counters = Counters with { Sessions = Counters.Sessions + 1 };
        (_everOnline, _toldOnline) = (true, true);
        _alarms.Clear();
        _backlog.Open();
        var changed = _handshake.SettleOffer();
        EndKeyChange(changed ? OutputResult.Acknowledged : OutputResult.Rejected);
        _tell(new DeviceOnline(Id, _reports.Identity, Abilities.Told, _handshake.Security, _clock.GetUtcNow()));
        if (changed)
            _tell(new KeyChanged(Id, _clock.GetUtcNow()));
    }

    private void Finish(OsdpCommand command, QueuedCommand? queued, ReplyId id, ReadOnlySpan<byte> data, TimeSpan now)
    {
        switch (command)
        {
            case Request { Id: CommandId.Poll }:
                // Under the install key anyone may be speaking: nothing that comes is ever fresh.
                if (!_handshake.UsesInstallKey)
                    _reports.Presentations.PollAnswered();
                _backoff.Proven();
                _pollAt = now + (Abilities.Presents ? _limits.PollInterval : _limits.StatusPollInterval);
                break;
            case OutputCommand when queued is null:
                Locks.Relocked();
                break;
            case KeySetCommand when id == ReplyId.Ack:
                Restart(now);
                AwaitKeyChange(queued);
                return;
            case KeySetCommand:
                _handshake.Withdraw();
                queued?.Complete(OutputResult.Rejected);
                return;
            case ComSetCommand when id == ReplyId.Com && ComReply.TryRead(data, out var com):
                (Address, AgreedBaud) = (com.Address, com.Baud);
                break;
        }
        queued?.Complete(OutputResult.Acknowledged);
    }

    private void Refused(NakReason reason, TimeSpan now)
    {
        Counters = Counters with { Naks = Counters.Naks + 1 };
        if (reason == NakReason.CheckCharacter)
            Fail(ExchangeFailure.Damaged, now);
        else if (reason == NakReason.Sequence)
            Lose(now);
        else if (_phase is SessionPhase.Challenge or SessionPhase.Cryptogram)
            RefuseKey(KeyAlarmReason.SecureChannelRefused, now);
        else if (reason is NakReason.EncryptionRequired or NakReason.SecureChannelUnsupported)
            Lose(now);
        else
            Declined(now);
    }

    // The device lives and will not do this one thing.
    private void Declined(TimeSpan now)
    {
        var (command, queued) = (_exchange.Command, _exchange.Queued);
        Complete(now);
        if (command is KeySetCommand)
            _handshake.Withdraw();
        queued?.Complete(OutputResult.Rejected);
        if (_phase != SessionPhase.Online)
            Advance();
    }

    private void RefuseKey(KeyAlarmReason reason, TimeSpan now)
    {
        var another = _handshake.TryNextKey() && reason != KeyAlarmReason.InstallTimeOver;
        EndSession();
        if (another)
        {
            _readyAt = now;
            return;
        }
        _alarms.Raise(reason);
        BackOff(now);
    }

    /// <summary>The session is over. The first new start is made at once; a device that fails it is offline and tried ever more seldom.</summary>
    private void Lose(TimeSpan now)
    {
        EndSession();
        if (_toldOnline == true && _backoff.AtOnce())
            _readyAt = now;
        else
            BackOff(now);
    }

    private void BackOff(TimeSpan now)
    {
        TellOffline();
        _readyAt = now + _backoff.NextWait();
    }

    private void EndSession()
    {
        if (_exchange.Command is KeySetCommand)
            AwaitKeyChange(_exchange.Queued);
        else
            _exchange.Queued?.Complete(OutputResult.Unacknowledged);
        _exchange.End();
        _phase = SessionPhase.Absent;
        _backlog.Close();
    }

    // Whether a new key is in use only the next session tells.
    private void AwaitKeyChange(QueuedCommand? change)
    {
        _keyChange = change;
        _handshake.TryNewestKey();
    }

    private void EndKeyChange(OutputResult result)
    {
        _keyChange?.Complete(result);
        _keyChange = null;
    }

    private void TellOffline()
    {
        EndKeyChange(OutputResult.Unacknowledged);
        if (_toldOnline == false)
            return;
        _toldOnline = false;
        _tell(new DeviceOffline(Id, _clock.GetUtcNow()));
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
