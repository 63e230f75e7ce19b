using System.Threading.Channels;
using KioskLink.Devices.Serial;

namespace KioskLink.Devices.Readers;

/// <summary>A bar code scanner that sends lines. One thread of its own owns the port and tries a lost one again for ever.</summary>
public sealed class LineScanner : IAsyncDisposable
{
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(1);
    private readonly ScannerOptions _options;
    private readonly ISerialLink _link;
    private readonly ChannelWriter<DeviceEvent> _events;
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly KeptPort _port;
    private readonly LineAssembler _lines = new();
    private readonly byte[] _buffer = new byte[512];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _loop;
    private volatile bool _stopping;
    private bool _stale = true;
    private long _eventsDropped;

    /// <summary>Wires a scanner without opening its port.</summary>
    /// <param name="options">The scanner.</param>
    /// <param name="events">Where <see cref="CardScanned"/>, <see cref="PortLost"/> and <see cref="PortBack"/> go.</param>
    /// <param name="clock">Measures pauses and dates events.</param>
    /// <param name="link">Another line than a serial port; owned by the scanner from here on.</param>
    /// <exception cref="ArgumentException">The options have <see cref="ScannerOptions.Problems"/>.</exception>
    public LineScanner(ScannerOptions options, ChannelWriter<DeviceEvent> events, TimeProvider clock, ISerialLink? link = null)
    {
        if (options.Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        (_options, _events, _clock, _start) = (options, events, clock, clock.GetTimestamp());
        _link = link ?? new SerialPort(options.Path, options.Baud);
        _port = new KeptPort(_link, options.Id, $"The scanner at {options.Path} has vanished: check its cable.", Tell, clock);
    }

    /// <summary>Events that found the queue full.</summary>
    public long EventsDropped => Interlocked.Read(ref _eventsDropped);

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

    private TimeSpan Now => _clock.GetElapsedTime(_start);

    private void Run()
    {
        while (!_stopping)
            if (_port.IsOpen)
                Listen();
            else if (_port.Reopen(Now))
                _stale = true;
        _link.Close();
        _ended.SetResult();
    }

    private void Listen()
    {
        var signal = _link.Wait(_lines.Partial ? _options.Gap : _stale ? _options.QuietAfterOpen : LongWait);
        if (signal == LinkSignal.Gone || (signal == LinkSignal.Readable && !Take()))
            Lost();
        else if (signal == LinkSignal.TimedOut)
            Quiet();
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
        Tell(_lines.Finish());
        _stale = false;
    }

    private void Tell(ReadOnlySpan<byte> line)
    {
        if (line.Length > 0)
            Tell(new CardScanned(_options.Id, CardMapping.Read(Symbology.Strip(line)), _stale, _clock.GetUtcNow()));
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
