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
    private readonly LineRecord _record = new();
    private readonly Startup _startup;
    private readonly KeyChange _keyChange;
    private readonly CommandOutcomes _outcomes;
    private readonly SessionAlarms _alarms;
    private readonly StartBackoff _backoff;
    private readonly Backlog _backlog;
    private TimeSpan _readyAt;
    private TimeSpan _pollAt;
    private byte _sequence;
    private bool? _toldOnline;

    public DeviceSession(OsdpDeviceOptions device, OsdpLimits limits, Action<DeviceEvent> tell, TimeProvider clock, FillRandom random)
    {
        (_device, _limits, _tell, _clock, Address) = (device, limits, tell, clock, device.Address);
        _handshake = new Handshake(device, random);
        _replies = new ReplyReader(_handshake.Channel);
        _reports = new DeviceReports(device, limits, tell, clock);
        _alarms = new SessionAlarms(device.Id, tell, clock);
        _backoff = new StartBackoff(limits);
        _backlog = new Backlog(device);
        _startup = new Startup(_handshake, Locks, Abilities, limits.StalePolls);
        _keyChange = new KeyChange(_handshake);
        _outcomes = new CommandOutcomes(_keyChange, _backlog, new LockReports(device.Id, Locks, tell, clock));
    }

    public string Id => _device.Id;

    public byte Address { get; private set; }

    public CommandQueue Orders => _backlog.Orders;

    public CommandQueue Feedback => _backlog.Feedback;

    public LockOutputs Locks => _backlog.Locks;

    public DeviceAbilities Abilities => _reports.Abilities;

    /// <summary>Commands may be queued. Read by any thread.</summary>
    public bool Online => _startup.Online;

    /// <summary>When the next frame is to go out: at once where something waits, else at the device's share of polls.</summary>
    public TimeSpan DueAt => _exchange.Pending ? _readyAt : Max(_readyAt, _startup.Phase switch
    {
        SessionPhase.Online => _backlog.DueAt(_pollAt),
        SessionPhase.FileInClear => _backlog.File?.DueAt ?? TimeSpan.Zero,
        _ => TimeSpan.Zero,
    });

    /// <summary>A speed the device has just agreed to take; the line follows.</summary>
    public int? AgreedBaud => _outcomes.Agreed?.Baud;

    public DeviceStatus StatusAt(TimeSpan now) => new(Id, Address, Online, _handshake.Security, _reports.Identity, Abilities.Told, Counters, _record.LastReply, _record.Times)
    {
        RecentlyDamaged = _record.Damaged,
        RecentReturns = _record.ReturnsAt(now),
        KeyProblem = _alarms.Standing,
    };

    public DeviceCounters Counters => _record.Counters;

    /// <summary>An order is waiting or must be sent again, or a lock must be locked: this device is next on the line.</summary>
    public bool HasOrder(TimeSpan now) => Online && _readyAt <= now && !Silent && (_exchange.Command is OutputCommand || _backlog.HasOrder(now));

    /// <summary>The frame that was sent last had no answer and is to be sent again, once the others have had their turn.</summary>
    public bool Silent => _exchange.Silent;

    /// <summary>How long the device may take to answer the frame that was sent last.</summary>
    public TimeSpan ReplyTimeout => _exchange is { Command: FileTransferCommand, Failures: 0 } ? _limits.FileReplyTimeout : IsAbsent ? _backoff.ReplyTimeout(_record.Times.P99) : _limits.ReplyTimeout;

    /// <summary>An order waits or is on its way.</summary>
    public bool HasUnfinishedOrder => Online && (Orders.Count > 0 || _exchange.Queued is not null);

    /// <summary>Sessions with this device are secured.</summary>
    public bool Secured => _handshake.Wanted;

    /// <summary>By a key that everyone knows.</summary>
    public bool UsesInstallKey => _handshake.UsesInstallKey;

    /// <summary>Who waits for a reply of a kind. Any thread may.</summary>
    public ReplyWaits Waits => _reports.Waits;

    /// <summary>How much data a command to the device may carry now.</summary>
    public int Room => FrameRoom.Of(Abilities.FrameSize, _handshake.Channel.Established);

    public CardMapping Cards => _reports.Presentations.Cards;

    /// <summary>Sends a file as soon as a session is up. False: another one is on its way. Any thread may.</summary>
    public bool TrySend(FileTransfer file) => _backlog.TrySend(file);

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
            _record.SentAgain();
        }
        else if (_handshake.UsesInstallKey && now > (_device.InstallTime ?? _limits.InstallTime))
        {
            RefuseKey(KeyAlarmReason.InstallTimeOver, now);
            return default;
        }
        else
        {
            Begin(now);
        }
        _record.Sent(now);
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
        if ((reply.Sequence != _exchange.Sequence && !nak) || _startup.IsLate(reply))
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
        _record.Failed(failure);
        _exchange.Silent = failure == ExchangeFailure.Silent;
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
        _outcomes.ForgetAgreed();
        _readyAt = now;
    }

    public void Dispose() => _handshake.Dispose();

    private void Begin(TimeSpan now)
    {
        QueuedCommand? queued = null;
        var command = _startup.Phase == SessionPhase.Absent ? Start() : _startup.Next() ?? Choose(now, out queued);
        _exchange.Begin(command, queued, Address, _sequence, _handshake.Channel);
    }

    private OsdpCommand Start()
    {
        _sequence = 0;
        _handshake.Suspended = FileInClear;
        _handshake.Channel.Forget();
        _reports.SessionBegins();
        return _startup.Begin();
    }

    private OsdpCommand Choose(TimeSpan now, out QueuedCommand? queued)
    {
        queued = null;
        var next = _startup.Phase == SessionPhase.FileInClear ? NextInClear(now) : _backlog.Next(now, Room, out queued);
        if (next is KeySetCommand keySet)
            _handshake.Offer(keySet.Key);
        if (next is not null)
            return next;
        if (now - _record.LastReplyAt > _limits.StaleSilence)
            _reports.Presentations.Doubt();
        return Request.Poll;
    }

    private bool IsAbsent => _toldOnline == false && _sequence == 0;

    private bool Believed => !_handshake.Suspended && (!_handshake.Wanted || _handshake.Channel.Established);

    private bool FileInClear => _device.Secure != SecureMode.Clear && _backlog.File is { InClear: true };

    private OsdpCommand? NextInClear(TimeSpan now) => _backlog.File is { } file ? Backlog.NextOf(file, now, Room) : null;

    private bool Busy(TimeSpan now)
    {
        _record.Busy();
        if (++_exchange.BusyReplies > _limits.BusyMax)
            Lose(now);
        else
            _readyAt = now + _limits.BusyDelay;
        return true;
    }

    private void Answered(in Frame reply, ReadOnlySpan<byte> data, TimeSpan now)
    {
        var (command, queued) = (_exchange.Command!, _exchange.Queued);
        var alarm = _startup.Check(reply);
        Complete(now);
        if (alarm is { } reason)
        {
            RefuseKey(reason, now);
            return;
        }
        var identity = _reports.Identity;
        // What is said in clear before the key is proven, or while a file goes to the device, anyone may be saying.
        if (Believed && !_reports.Take((ReplyId)reply.Id, data))
            _record.NotUnderstood();
        _outcomes.Confirmed(command);
        var hasNewKey = false;
        if (command == Request.Poll && Online)
            Polled(now);
        else if (Online || command is FileTransferCommand)
            hasNewKey = _outcomes.Answered(command, queued, (ReplyId)reply.Id, data, now);
        else
            Advance(now);
        Address = _outcomes.Agreed?.Address ?? Address;
        var isAnother = Online && _reports.Identity != identity;
        if (isAnother)
            _startup.Forget();
        if (hasNewKey || isAnother)
            Restart(now);
        else if (_startup.Phase is SessionPhase.Online or SessionPhase.FileInClear && _handshake.Suspended != FileInClear)
            ChangeProtection(now);
    }

    // What protects a session is chosen when it begins.
    private void ChangeProtection(TimeSpan now)
    {
        if (FileInClear)
            TellOffline();
        Restart(now);
    }

    private void Complete(TimeSpan now)
    {
        _record.Replied(now);
        _sequence = (byte)(_sequence % 3 + 1);
        _exchange.End();
        _readyAt = now;
    }

    private void Polled(TimeSpan now)
    {
        // Under the install key anyone may be speaking: nothing that comes is ever fresh.
        if (!_handshake.UsesInstallKey)
            _reports.Presentations.PollAnswered();
        _backoff.Proven();
        if (_startup.AsksAfterPoll())
            _backlog.AskWho(receiveSize: Abilities.Told.ReceiveSize > 0);
        _pollAt = now + Max(Abilities.Presents ? _limits.PollInterval : _limits.StatusPollInterval, _limits.PauseAfter(_record.LastReply));
    }

    private void Advance(TimeSpan now)
    {
        if (_startup.Advance())
            CameUp(now);
    }

    private void CameUp(TimeSpan now)
    {
        _record.CameUp(now);
        _toldOnline = true;
        _alarms.Clear();
        _backlog.Open();
        var keyId = _handshake.KeyId;
        var changed = _keyChange.Settle();
        _tell(new DeviceOnline(Id, _reports.Identity, Abilities.Told, _handshake.Security, _clock.GetUtcNow()) { KeyId = keyId });
        if (changed)
            _tell(new KeyChanged(Id, _clock.GetUtcNow()));
    }

    private void Refused(NakReason reason, TimeSpan now)
    {
        _record.Refused();
        if (reason == NakReason.CheckCharacter)
            Fail(ExchangeFailure.Damaged, now);
        else if (reason == NakReason.Sequence)
            Lose(now);
        else if (_startup.GreetsBeforeProof)
            Declined(now);
        else if (_startup.MayGreet && reason is not (NakReason.EncryptionRequired or NakReason.SecureChannelUnsupported))
            Restart(now);
        else if (_startup.ProvesKey)
            RefuseKey(KeyAlarmReason.SecureChannelRefused, now);
        else if (reason is NakReason.EncryptionRequired or NakReason.SecureChannelUnsupported)
            Lose(now);
        else
            Declined(now);
    }

    private void Declined(TimeSpan now)
    {
        var (command, queued) = (_exchange.Command!, _exchange.Queued);
        Complete(now);
        _outcomes.Declined(command, queued, relockAt: now + _limits.RelockPause);
        if (!Online)
            Advance(now);
    }

    private void RefuseKey(KeyAlarmReason reason, TimeSpan now)
    {
        _startup.ProofAnswered();
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
        if (Online)
            _record.LostSession();
        EndSession();
        if (_toldOnline == true && _backoff.AtOnce())
            _readyAt = now;
        else
            BackOff(now);
    }

    private void BackOff(TimeSpan now)
    {
        TellOffline();
        _backlog.File?.Absent(now);
        _readyAt = now + _backoff.NextWait();
    }

    private void EndSession()
    {
        _outcomes.Unknown(_exchange.Command, _exchange.Queued);
        _exchange.End();
        _startup.Reset();
        _backlog.Close();
    }

    private void TellOffline()
    {
        _keyChange.GiveUp();
        if (_toldOnline == false)
            return;
        _toldOnline = false;
        _tell(new DeviceOffline(Id, _clock.GetUtcNow()));
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
