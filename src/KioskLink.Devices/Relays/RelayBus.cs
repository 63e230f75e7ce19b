using System.Threading.Channels;
using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Serial;

namespace KioskLink.Devices.Relays;

/// <summary>One line of relay boards. One thread of its own owns the port; orders may come from any thread.</summary>
/// <remarks>
/// Every relay is put where its lock is locked when a board comes, when it has lost its way, and when the bus stops. A lost port and a silent board are
/// tried again for ever.
/// </remarks>
public sealed class RelayBus : IAsyncDisposable
{
    private readonly RelayBusOptions _options;
    private readonly TracedLink _link;
    private readonly RelayLine _line;
    private readonly List<RelayBoard> _boards;
    private readonly ChannelWriter<DeviceEvent> _events;
    private readonly TimeProvider _clock;
    private readonly KeptPort _port;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _loop;
    private volatile bool _stopping;
    private int _last;
    private long _eventsDropped;

    /// <summary>Wires a bus without opening its port.</summary>
    /// <param name="options">The line and its boards.</param>
    /// <param name="events">Where events go; full means that events are dropped and counted.</param>
    /// <param name="clock">Measures time-outs and dates events.</param>
    /// <param name="link">Another line than a serial port; owned by the bus from here on.</param>
    /// <exception cref="ArgumentException">The options have <see cref="RelayBusOptions.Problems"/>.</exception>
    public RelayBus(RelayBusOptions options, ChannelWriter<DeviceEvent> events, TimeProvider clock, ISerialLink? link = null)
    {
        if (options.Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        (_options, _events, _clock) = (options, events, clock);
        _link = new TracedLink(link ?? SerialLinks.At(options.Path, options.Baud, options.Rs485));
        _port = new KeptPort(_link, options.Id, $"The device at {options.Path} has vanished: check the adapter and its cable.", Tell, clock);
        var protocol = RelayProtocols.Of(options.Protocol)!;
        _line = new RelayLine(_link, protocol, RelayProtocols.Addressed(options.Protocol), options.Baud, options.Limits, clock);
        _boards = [.. options.Boards.Select(board => new RelayBoard(board, protocol, options.Limits, Tell, clock))];
    }

    /// <summary>Events that found the queue full.</summary>
    public long EventsDropped => Interlocked.Read(ref _eventsDropped);

    /// <summary>What is known of each board; counters may be in the middle of a change.</summary>
    public IReadOnlyList<DeviceStatus> Status => [.. _boards.Select(board => board.Status)];

    /// <summary>Shows the line from now on to others than before. They must be quick: they are called on the line's thread.</summary>
    /// <param name="masked">Sees it; nothing in it is a person's; null for nobody.</param>
    /// <param name="asWritten">Sees it as it is; null for nobody.</param>
    public void Trace(FrameTrace? masked, FrameTrace? asWritten) => _link.Trace(masked, asWritten);

    /// <summary>Opens the port and starts the loop, once. A missing port is no problem, it is waited for; a busy or forbidden one is, and nothing is started.</summary>
    /// <exception cref="InvalidOperationException">The bus runs already.</exception>
    public PortProblem? Start()
    {
        if (_loop is not null)
            throw new InvalidOperationException($"bus {_options.Id} runs already");
        if (_port.OpenFirst() is { } problem)
            return problem;
        _loop = new Thread(Run) { Name = $"relays {_options.Id}", IsBackground = true };
        _loop.Start();
        return null;
    }

    /// <summary>Unlocks a lock for a time and lets it lock again by itself: by the board's timer where it has one, else by this bus.</summary>
    /// <param name="deviceId">The board.</param>
    /// <param name="output">One of the board's <see cref="RelayBoardOptions.Locks"/>.</param>
    /// <param name="unlockFor">In steps of 100 ms. A new unlock replaces the time of a running one.</param>
    /// <returns>
    /// What became of it, within <see cref="RelayLimits.OrderDeadline"/> and the tries of one request. Acknowledged by a board that never answers means that
    /// the order went whole onto the line.
    /// </returns>
    /// <exception cref="ArgumentException">There is no such board, or the output is no lock of it.</exception>
    public Task<OutputResult> UnlockAsync(string deviceId, byte output, TimeSpan unlockFor) => Order(deviceId, output, unlockFor);

    /// <summary>Locks a lock now, cutting a running unlock short. Result and errors as for <see cref="UnlockAsync"/>.</summary>
    public Task<OutputResult> LockAsync(string deviceId, byte output) => Order(deviceId, output, unlockFor: null);

    /// <summary>Locks what can be locked, closes the port and ends the loop.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        _link.Wake();
        if (_loop is not null)
            await _ended.Task.ConfigureAwait(false);
        _loop?.Join();
        _link.Dispose();
    }

    private Task<OutputResult> Order(string deviceId, byte output, TimeSpan? unlockFor)
    {
        var board = _boards.Find(candidate => candidate.Options.Id == deviceId) ?? throw new ArgumentException($"there is no board {deviceId} on bus {_options.Id}", nameof(deviceId));
        var index = board.LockOf(output);
        if (index < 0)
            throw new ArgumentException($"output {output} of board {deviceId} is no lock", nameof(output));
        var order = new RelayOrder(index, unlockFor, _line.Now + _options.Limits.OrderDeadline);
        if (!board.TryOrder(order))
            return Task.FromResult(OutputResult.NotSent);
        _link.Wake();
        return order.Completion;
    }

    private void Run()
    {
        Libc.WakeOnTime();
        while (!_stopping)
            if (_port.IsOpen)
                TakeTurn();
            else if (_port.Reopen(_line.Now))
                _line.Reopened();
        LockBeforeStop();
        _boards.ForEach(board => board.PortLost(_line.Now));
        _link.Close();
        _ended.SetResult();
    }

    private void TakeTurn()
    {
        var now = _line.Now;
        if (NextBoard(now) is not { } board)
        {
            if (!_line.Idle(NextDue() - now))
                LosePort();
        }
        else if (board.Next(now) is { } request && _line.Exchange(board, request) == RelayExchange.Gone)
        {
            LosePort();
        }
    }

    // A board with an order comes first; the others in turn, so that a silent one keeps no other waiting longer than its own time-out.
    private RelayBoard? NextBoard(TimeSpan now)
    {
        foreach (var board in _boards)
            if (board.HasOrder)
                return board;
        for (var step = 1; step <= _boards.Count; step++)
        {
            var at = (_last + step) % _boards.Count;
            if (_boards[at].DueAt > now)
                continue;
            _last = at;
            return _boards[at];
        }
        return null;
    }

    private TimeSpan NextDue()
    {
        var next = TimeSpan.MaxValue;
        foreach (var board in _boards)
            next = board.DueAt < next ? board.DueAt : next;
        return next;
    }

    private void LosePort()
    {
        _boards.ForEach(board => board.PortLost(_line.Now));
        _port.Lose();
    }

    private void LockBeforeStop()
    {
        var limit = _line.Now + _options.Limits.StopLimit;
        _boards.ForEach(board => board.LockBeforeStop());
        while (_port.IsOpen && _line.Now < limit && _boards.Find(board => board.IsStopping) is { } stopping)
            if (stopping.Next(_line.Now) is { } request && _line.Exchange(stopping, request) == RelayExchange.Gone)
                LosePort();
        if (_port.IsOpen && !RelayProtocols.Of(_options.Protocol)!.Answers(RelayVerb.Read))
            _line.LetOut();
    }

    private void Tell(DeviceEvent happened)
    {
        if (!_events.TryWrite(happened))
            Interlocked.Increment(ref _eventsDropped);
    }
}
