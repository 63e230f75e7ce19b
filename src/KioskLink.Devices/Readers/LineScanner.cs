using System.Threading.Channels;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Readers.HostCommands;
using KioskLink.Devices.Readers.Lines;
using KioskLink.Devices.Serial;

namespace KioskLink.Devices.Readers;

/// <summary>A bar code scanner or card reader that speaks first, in lines. One thread of its own owns the port and tries a lost one again for ever.</summary>
public sealed class LineScanner : IAsyncDisposable
{
    /// <summary>How often a scanner that needs a trigger for each reading is given one; it gives up by itself after some seconds.</summary>
    public static readonly TimeSpan TriggerInterval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(1);
    private static readonly byte[] Blanks = " \t\r\n\0"u8.ToArray();
    private readonly ScannerOptions _options;
    private readonly TracedLink _link;
    private readonly ChannelWriter<DeviceEvent> _events;
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly KeptPort _port;
    private readonly LineAssembler _lines;
    private readonly SameAgain _again;
    private readonly byte[] _buffer = new byte[512];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _loop;
    private volatile bool _stopping;
    private volatile bool _enabled = true;
    private bool? _told;
    private TimeSpan _toldAt;
    private bool _stale = true;
    private long _eventsDropped;

    /// <summary>Wires a scanner without opening its port.</summary>
    /// <param name="options">The scanner.</param>
    /// <param name="events">Where <see cref="CardScanned"/>, <see cref="KeysPressed"/>, <see cref="PortLost"/> and <see cref="PortBack"/> go.</param>
    /// <param name="clock">Measures pauses and dates events.</param>
    /// <param name="link">Another line than a serial port; owned by the scanner from here on.</param>
    /// <exception cref="ArgumentException">The options have <see cref="ScannerOptions.Problems"/>.</exception>
    public LineScanner(ScannerOptions options, ChannelWriter<DeviceEvent> events, TimeProvider clock, ISerialLink? link = null)
    {
        if (options.Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        (_options, _events, _clock, _start) = (options, events, clock, clock.GetTimestamp());
        _lines = new LineAssembler(options.Line.End);
        _again = new SameAgain(TimeSpan.FromMilliseconds(options.Line.SameAgainMs));
        _link = new TracedLink(link ?? SerialLinks.At(options.Path, options.Baud), LineMask.Mask);
        _port = new KeptPort(_link, options.Id, $"The scanner at {options.Path} has vanished: check its cable.", Tell, clock);
    }

    /// <summary>Events that found the queue full.</summary>
    public long EventsDropped => Interlocked.Read(ref _eventsDropped);

    /// <summary>Shows the line from now on to others than before. They must be quick: they are called on the line's thread.</summary>
    /// <param name="masked">Sees it with nobody's card in it; null for nobody.</param>
    /// <param name="asWritten">Sees it as it is; null for nobody.</param>
    public void Trace(FrameTrace? masked, FrameTrace? asWritten) => _link.Trace(masked, asWritten);

    /// <summary>Opens the port and starts the loop. A missing port is waited for; a busy or forbidden one is a problem, and nothing is started.</summary>
    public PortProblem? Start()
    {
        if (_port.OpenFirst() is { } problem)
            return problem;
        _loop = new Thread(Run) { Name = $"scanner {_options.Id}", IsBackground = true };
        _loop.Start();
        return null;
    }

    /// <summary>Closes the port and ends the loop.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        _link.Wake();
        if (_loop is not null)
            await _ended.Task.ConfigureAwait(false);
        _loop?.Join();
        _link.Dispose();
    }

    /// <summary>Lets the scanner read, or keeps it from reading where it takes host commands. Safe from any thread; it lasts over a lost port.</summary>
    public void SetEnabled(bool enabled)
    {
        _enabled = enabled;
        _link.Wake();
    }

    private TimeSpan Now => _clock.GetElapsedTime(_start);

    private TimeSpan Pause => TimeSpan.FromMilliseconds(_options.Line.PauseMs);

    private void Run()
    {
        while (!_stopping)
            if (_port.IsOpen)
                Listen();
            else if (_port.Reopen(Now))
                Begin();
        _link.Close();
        _ended.SetResult();
    }

    private void Begin()
    {
        (_stale, _told) = (true, null);
        _again.Forget();
    }

    private void Listen()
    {
        if (!Switch(Now))
        {
            Lost();
            return;
        }
        var signal = _link.Wait(_lines.Partial ? Pause : _stale ? _options.QuietAfterOpen : IsTriggered ? TriggerInterval : LongWait);
        if (signal == LinkSignal.Gone || (signal == LinkSignal.Readable && !Take()))
            Lost();
        else if (signal == LinkSignal.TimedOut)
            Quiet();
    }

    private bool IsTriggered => _enabled && EnableScanner.IsTrigger(_options.Line.Commands);

    // A scanner that was switched off and lost its supply is on again, so each opening of the port says what is wanted.
    private bool Switch(TimeSpan now)
    {
        var enabled = _enabled;
        if (_told == enabled && !(IsTriggered && now - _toldAt >= TriggerInterval))
            return true;
        (_told, _toldAt) = (enabled, now);
        var commands = _options.Line.Commands;
        return _link.Write(enabled ? EnableScanner.Bytes(commands) : DisableScanner.Bytes(commands));
    }

    private bool Take()
    {
        var count = _link.Read(_buffer);
        for (var taken = 0; taken < count;)
        {
            taken += _lines.Take(_buffer.AsSpan(taken, count - taken), out var line);
            Tell(line);
        }
        return count >= 0;
    }

    private void Quiet()
    {
        var line = _lines.Finish();
        if (_options.Line.Form == LineForm.Decimal10 && Decimal10Line.KeysOf(line) is { } keys)
            Tell(keys);
        else if (_lines.EndsAtPause)
            Tell(line);
        else if (!line.Trim(Blanks).IsEmpty)
            Tell(new CardScan(null, line.Length, "characters"));
        _stale = false;
    }

    private void Tell(ReadOnlySpan<byte> line)
    {
        if (line.Length > 0 && LineCards.Read(line, _options.Line, _options.Cards) is { } card)
            Tell(card);
    }

    private void Tell(PinKeys keys)
    {
        _lines.Wipe();
        Array.Clear(_buffer);
        Tell(new KeysPressed(_options.Id, keys, _stale, _clock.GetUtcNow()));
    }

    private void Tell(CardScan card)
    {
        if (IsTriggered)
            _told = null;
        if (_again.IsNew(card, Now))
            Tell(new CardScanned(_options.Id, card, _stale, _clock.GetUtcNow()));
    }

    private void Lost()
    {
        _lines.Finish();
        _port.Lose();
    }

    private void Tell(DeviceEvent happened)
    {
        if (!_events.TryWrite(happened))
            Interlocked.Increment(ref _eventsDropped);
    }
}
