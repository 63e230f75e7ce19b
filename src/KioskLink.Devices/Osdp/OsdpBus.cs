using System.Security.Cryptography;
using System.Threading.Channels;
using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp.Commands;
using KioskLink.Devices.Readers;
using KioskLink.Devices.Serial;

namespace KioskLink.Devices.Osdp;

/// <summary>One line of OSDP devices (SIA OSDP 2.2, panel side). One thread of its own owns the port; commands may come from any thread.</summary>
/// <remarks>
/// An order to an output is the very next frame on the line; polls run back to back. A lost port and a silent device are tried again for ever.
/// Lock outputs are locked when a session begins and when the bus stops.
/// </remarks>
public sealed class OsdpBus : IAsyncDisposable
{
    private readonly OsdpBusOptions _options;
    private readonly ISerialLink _link;
    private readonly OsdpLine _line;
    private readonly BusSchedule _schedule;
    private readonly List<DeviceSession> _sessions;
    private readonly Dictionary<string, DeviceQuestions> _questions;
    private readonly ChannelWriter<DeviceEvent> _events;
    private readonly TimeProvider _clock;
    private readonly KeptPort _port;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _loop;
    private volatile BusSearch? _search;
    private volatile bool _stopping;
    private TimeSpan _holdUntil;
    private long _eventsDropped;

    /// <summary>Wires a bus without opening its port.</summary>
    /// <param name="options">The line and its devices.</param>
    /// <param name="events">Where events go; full means that events are dropped and counted.</param>
    /// <param name="clock">Measures time-outs and dates events.</param>
    /// <param name="trace">Sees every frame, masked; null for none.</param>
    /// <param name="link">Another line than a serial port; owned by the bus from here on.</param>
    /// <param name="random">The source of nonces; the operating system's when null.</param>
    /// <exception cref="ArgumentException">The options have <see cref="OsdpBusOptions.Problems"/>.</exception>
    public OsdpBus(
        OsdpBusOptions options, ChannelWriter<DeviceEvent> events, TimeProvider clock, FrameTrace? trace = null, ISerialLink? link = null, FillRandom? random = null)
    {
        if (options.Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        (_options, _events, _clock) = (options, events, clock);
        _link = link ?? SerialLinks.At(options.Path, options.Baud, options.Rs485);
        _port = new KeptPort(_link, options.Id, $"The device at {options.Path} has vanished: check the adapter and its cable.", Tell, clock);
        _line = new OsdpLine(_link, options.Limits, clock, options.Baud) { Tap = new TraceTap(trace, null) };
        // A device that is alone leaves the line to nobody.
        var limits = options.Devices.Count > 1 ? options.Limits : options.Limits with { SlowShare = 0 };
        _sessions = [.. options.Devices.Select(device => new DeviceSession(device, limits, Tell, clock, random ?? RandomNumberGenerator.Fill))];
        _questions = _sessions.ToDictionary(session => session.Id, session => new DeviceQuestions(session, _link.Wake, clock));
        _schedule = new BusSchedule(_sessions);
    }

    /// <summary>Events that found the queue full.</summary>
    public long EventsDropped => Interlocked.Read(ref _eventsDropped);

    /// <summary>What is known of each device; counters may be in the middle of a change.</summary>
    public IReadOnlyList<DeviceStatus> Status => [.. _sessions.Select(session => session.StatusAt(_line.Now) with { LateReplies = _line.Ear.LateRepliesOf(session.Address) })];

    /// <summary>What the line carries beside the replies that are asked for.</summary>
    public LineQuality Quality => _line.Ear.Quality;

    /// <summary>Shows frames from now on to others than before. They must be quick: they are called on the bus's thread.</summary>
    /// <param name="masked">Sees them with nobody's card and key in them; null for nobody.</param>
    /// <param name="asWritten">Sees them as they are; null for nobody.</param>
    public void Trace(FrameTrace? masked, FrameTrace? asWritten) => _line.Tap = new TraceTap(masked, asWritten);

    /// <summary>Opens the port and starts the loop, once. A missing port is no problem, it is waited for; a busy or forbidden one is, and nothing is started.</summary>
    /// <exception cref="InvalidOperationException">The bus runs already.</exception>
    public PortProblem? Start()
    {
        if (_loop is not null)
            throw new InvalidOperationException($"bus {_options.Id} runs already");
        if (_port.OpenFirst() is { } problem)
            return problem;
        _loop = new Thread(Run) { Name = $"osdp {_options.Id}", IsBackground = true };
        _loop.Start();
        return null;
    }

    /// <summary>Unlocks a lock for a time and lets it lock again by itself: by the board's timer where it has one, else by this bus.</summary>
    /// <param name="deviceId">The device.</param>
    /// <param name="output">One of the device's <see cref="OsdpDeviceOptions.Locks"/>.</param>
    /// <param name="unlockFor">In steps of 100 ms up to 6 553.5 s. A new unlock replaces the time of a running one.</param>
    /// <returns>What became of it, within <see cref="OsdpLimits.OutputDeadline"/> and one exchange.</returns>
    /// <exception cref="ArgumentException">There is no such device, or the output is no lock of it.</exception>
    public Task<OutputResult> UnlockAsync(string deviceId, byte output, TimeSpan unlockFor)
    {
        var (session, index) = LockOf(deviceId, output);
        return Order(session, now =>
        {
            var order = session.Locks.Unlock(index, unlockFor, session.Abilities.OutputsTimed);
            if (session.Locks.HostTimed(index, session.Abilities.OutputsTimed))
                session.Locks.RelockAt(index, now + unlockFor);
            return order;
        });
    }

    /// <summary>Locks a lock now, cutting a running unlock short. Result and errors as for <see cref="UnlockAsync"/>.</summary>
    public Task<OutputResult> LockAsync(string deviceId, byte output)
    {
        var (session, index) = LockOf(deviceId, output);
        return Order(session, _ => session.Locks.Lock(index));
    }

    /// <summary>Sets a light. False when the device has no such light, is offline, or too much waits for it.</summary>
    /// <exception cref="ArgumentException">There is no such device.</exception>
    public bool SetLed(string deviceId, LedSetting setting)
    {
        var session = SessionOf(deviceId);
        return session.Abilities.HasLed(setting.Led) && Enqueue(session, new LedCommand(setting)) is not null;
    }

    /// <summary>Sounds the buzzer. False when the device has none, is offline, or too much waits for it.</summary>
    /// <exception cref="ArgumentException">There is no such device.</exception>
    public bool Beep(string deviceId, BeepPattern beep)
    {
        var session = SessionOf(deviceId);
        return session.Abilities.HasBuzzer && Enqueue(session, new BuzzerCommand(beep)) is not null;
    }

    /// <summary>Shows a text, cut to the size of the display. False when the device has none, is offline, or too much waits for it.</summary>
    /// <exception cref="ArgumentException">There is no such device.</exception>
    public bool ShowText(string deviceId, DisplayText text)
    {
        var session = SessionOf(deviceId);
        return session.Abilities.TextCells > 0 && Enqueue(session, new TextCommand(text, session.Abilities.TextCells)) is not null;
    }

    /// <summary>Gives a device a new key, inside its secure session only. Store the key durably before: the device may take it and the answer be lost.</summary>
    /// <returns>Acknowledged once a session with the new key is up; the old key is kept until then. Keep both unless it is acknowledged.</returns>
    /// <exception cref="ArgumentException">There is no such device, or the key is not 16 bytes long.</exception>
    public Task<OutputResult> SetKeyAsync(string deviceId, ReadOnlyMemory<byte> key)
    {
        if (key.Length != SecureChannel.KeySize)
            throw new ArgumentException($"a key has {SecureChannel.KeySize} bytes", nameof(key));
        var session = SessionOf(deviceId);
        return session.Secured && Enqueue(session, new KeySetCommand(key.ToArray())) is { } queued ? queued.Completion : Task.FromResult(OutputResult.NotSent);
    }

    /// <summary>Gives a device a new address and speed; the line follows the speed, so with several devices change the speed of the last one last.</summary>
    /// <exception cref="ArgumentException">There is no such device, or the address or speed is not possible.</exception>
    public Task<OutputResult> SetCommunicationAsync(string deviceId, byte address, int baud)
    {
        if (address > OsdpLimits.HighestAddress || !SerialPort.Supports(baud))
            throw new ArgumentException($"address {address} at {baud} baud is not possible", nameof(address));
        return Enqueue(SessionOf(deviceId), new ComSetCommand(address, baud)) is { } queued ? queued.Completion : Task.FromResult(OutputResult.NotSent);
    }

    /// <summary>Asks a device something beside what the bus asks by itself, one question a device at a time: a second beside it is not sent.</summary>
    /// <returns>The answer, within <see cref="OsdpLimits.AnswerLimit"/> and the device's time for each part of the question.</returns>
    /// <exception cref="ArgumentException">There is no such device.</exception>
    public Task<DeviceAnswer> AskAsync(string deviceId, DeviceQuestion question) => _questions[SessionOf(deviceId).Id].AskAsync(question, _options.Limits.AnswerLimit);

    /// <summary>Sends a file, such as new firmware, between polls where the device bears it. It goes on where it stopped when the device was away.</summary>
    /// <param name="deviceId">The device; while the file goes to it in clear it is told offline.</param>
    /// <param name="file">The file.</param>
    /// <param name="progress">Is told of each confirmed fragment, on the bus's thread; null for nobody.</param>
    /// <param name="cancellation">Ends it; the device is told to forget it.</param>
    /// <exception cref="ArgumentException">There is no such device, or the file is larger than <see cref="OsdpLimits.LargestFile"/> or empty.</exception>
    public async Task<FileResult> SendFileAsync(string deviceId, DeviceFile file, IProgress<FileProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (file.Content.Length is 0 or > OsdpLimits.LargestFile)
            throw new ArgumentException($"a file has 1 to {OsdpLimits.LargestFile} bytes", nameof(file));
        var session = SessionOf(deviceId);
        var transfer = new FileTransfer(file.Type, file.Content, file.MayGoInClear || !session.Secured, _options.Limits, progress);
        if (!session.TrySend(transfer))
            return FileResult.NotSent;
        _link.Wake();
        await using (cancellation.Register(() => transfer.End(FileResult.Cancelled)).ConfigureAwait(false))
        {
            var result = await transfer.Completion.ConfigureAwait(false);
            if (result == FileResult.Cancelled)
                Enqueue(session, Request.Abort);
            return result;
        }
    }

    /// <summary>Looks for the devices of this line that are silent: at their addresses at every speed, and at other addresses. Devices that are online go on.</summary>
    /// <param name="which">Which of the silent ones are looked for; null for all.</param>
    /// <param name="progress">Is told the share that is done, from 0 to 1, on the bus's thread; null for nobody.</param>
    /// <param name="cancellation">Ends it with what was found so far.</param>
    /// <returns>What answered; null when another search of this line is under way. Empty at once where no device is silent. Half a minute where nothing answers.</returns>
    public Task<IReadOnlyList<FoundDevice>>? SearchAsync(
        Func<DeviceStatus, bool>? which = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var status = Status;
        byte[] silent = [.. status.Where(device => !device.Online && which?.Invoke(device) != false).Select(device => device.Address)];
        byte[] present = [.. status.Select(device => device.Address).Except(silent)];
        if (silent.Length == 0)
            return Task.FromResult<IReadOnlyList<FoundDevice>>([]);
        var search = new BusSearch(SearchPlan.Missing(_line.Baud, silent, present), new DiscoveryExchange(_link, _clock, _options.Limits), progress, cancellation);
        if (Interlocked.CompareExchange(ref _search, search, null) is not null)
            return null;
        if (_stopping)
            search.End();
        _link.Wake();
        return search.Completion;
    }

    /// <summary>Locks what can be locked, closes the port and ends the loop.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        _link.Wake();
        if (_loop is not null)
            await _ended.Task.ConfigureAwait(false);
        _loop?.Join();
        _sessions.ForEach(session => session.Dispose());
        _link.Dispose();
    }

    private void Run()
    {
        Libc.WakeOnTime();
        while (!_stopping)
            if (_port.IsOpen)
                TakeTurn();
            else
                _port.Reopen(_line.Now);
        EndSearch();
        LockBeforeStop();
        foreach (var session in _sessions)
            session.PortLost(_line.Now);
        _link.Close();
        _ended.SetResult();
    }

    private void TakeTurn()
    {
        var now = _line.Now;
        foreach (var session in _sessions)
            session.Orders.Expire(now);
        var next = now < _holdUntil ? _schedule.NextOrder(now) : _schedule.Next(now);
        if (next is null)
        {
            if (!_line.Idle(NextWake(now) - now))
                LosePort();
        }
        else if (_line.Exchange(next) == LineResult.Gone)
        {
            LosePort();
        }
        else if (next.AgreedBaud is { } baud)
        {
            FollowBaud(baud);
        }
        if (_search is { } search && _port.IsOpen && search.DueAt <= _line.Now)
            StepSearch(search);
    }

    private TimeSpan NextWake(TimeSpan now)
    {
        var next = now < _holdUntil ? _holdUntil : _schedule.NextDue();
        return _search is { } search && search.DueAt < next ? search.DueAt : next;
    }

    private void StepSearch(BusSearch search)
    {
        if (search.Over)
            EndSearch();
        else if (!search.Step(_link, _line.Baud))
            LosePort();
        else if (_sessions.Exists(session => session.Online))
            search.DueAt = _line.Now + BusSearch.Pause;
    }

    private void EndSearch() => Interlocked.Exchange(ref _search, null)?.End();

    private void FollowBaud(int baud)
    {
        if (baud != _line.Baud && _link.SetBaud(baud))
            _line.Baud = baud;
        foreach (var session in _sessions)
            session.Restart(_line.Now);
    }

    private void LosePort()
    {
        EndSearch();
        foreach (var session in _sessions)
            session.PortLost(_line.Now);
        _port.Lose();
    }

    private void LockBeforeStop()
    {
        var limit = _line.Now + _options.Limits.StopLimit;
        foreach (var session in _sessions.Where(session => session.Online && session.Locks.Any))
            session.Orders.TryAdd(new QueuedCommand(_ => session.Locks.LockAll(letTimersEnd: false), limit));
        while (_port.IsOpen && _line.Now < limit && _sessions.Exists(session => session.HasUnfinishedOrder))
            TakeTurn();
    }

    private Task<OutputResult> Order(DeviceSession session, Func<TimeSpan, OsdpCommand> make)
    {
        var order = new QueuedCommand(make, _line.Now + _options.Limits.OutputDeadline);
        if (!session.Orders.TryAdd(order))
            return Task.FromResult(OutputResult.NotSent);
        _link.Wake();
        return order.Completion;
    }

    private QueuedCommand? Enqueue(DeviceSession session, OsdpCommand command)
    {
        var queued = new QueuedCommand(command);
        if (!session.Feedback.TryAdd(queued))
            return null;
        _link.Wake();
        return queued;
    }

    private DeviceSession SessionOf(string deviceId) =>
        _sessions.Find(session => session.Id == deviceId) ?? throw new ArgumentException($"there is no device {deviceId} on bus {_options.Id}", nameof(deviceId));

    private (DeviceSession Session, int Index) LockOf(string deviceId, byte output)
    {
        var session = SessionOf(deviceId);
        var index = session.Locks.IndexOf(output);
        return index >= 0 ? (session, index) : throw new ArgumentException($"output {output} of device {deviceId} is no lock", nameof(output));
    }

    private void Tell(DeviceEvent happened)
    {
        // The answer to a card or a key is often an order: a poll begun now would keep it waiting for a whole exchange.
        if (happened is CardScanned { Stale: false } or KeysPressed { Stale: false })
            _holdUntil = _line.Now + _options.Limits.OrderPatience;
        if (!_events.TryWrite(happened))
            Interlocked.Increment(ref _eventsDropped);
    }
}
