using System.Threading.Channels;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Serial;

namespace KioskLink.Devices.Readers.Twn4;

/// <summary>An ELATEC TWN4 on its line. One thread of its own owns the port, asks for cards and tries a lost port again for ever; lights and tones come from any thread.</summary>
public sealed class Twn4Reader : IAsyncDisposable
{
    // What has lost its CR is damaged: waiting for the whole time-out would keep a card waiting.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Twn4Options _options;
    private readonly TracedLink _link;
    private readonly ChannelWriter<DeviceEvent> _events;
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly KeptPort _port;
    private readonly Twn4Session _session;
    private readonly byte[] _request = new byte[Twn4Frame.Longest];
    private readonly byte[] _text = new byte[Twn4Frame.LongestText];
    private readonly byte[] _answer = new byte[Twn4Frame.Longest];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _loop;
    private volatile bool _stopping;
    private long _eventsDropped;

    /// <summary>Wires a reader without opening its port.</summary>
    /// <param name="options">The reader.</param>
    /// <param name="events">Where <see cref="CardScanned"/>, <see cref="DeviceOnline"/>, <see cref="DeviceOffline"/>, <see cref="PortLost"/> and <see cref="PortBack"/> go.</param>
    /// <param name="clock">Measures time-outs and dates events.</param>
    /// <param name="link">Another line than a serial port; owned by the reader from here on.</param>
    /// <exception cref="ArgumentException">The options have <see cref="Twn4Options.Problems"/>.</exception>
    public Twn4Reader(Twn4Options options, ChannelWriter<DeviceEvent> events, TimeProvider clock, ISerialLink? link = null)
    {
        if (options.Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        (_options, _events, _clock, _start) = (options, events, clock, clock.GetTimestamp());
        _link = new TracedLink(link ?? SerialLinks.At(options.Path, options.Baud), new Twn4Mask(options.Settings.Crc).Mask);
        _port = new KeptPort(_link, options.Id, $"The reader at {options.Path} has vanished: check its cable.", Tell, clock);
        _session = new Twn4Session(options, Tell, clock);
    }

    /// <summary>Events that found the queue full.</summary>
    public long EventsDropped => Interlocked.Read(ref _eventsDropped);

    /// <summary>What is known of the reader; counters may be in the middle of a change.</summary>
    public DeviceStatus Status => _session.Status;

    /// <summary>Shows the line from now on to others than before. They must be quick: they are called on the line's thread.</summary>
    /// <param name="masked">Sees it with nobody's card in it; null for nobody.</param>
    /// <param name="asWritten">Sees it as it is; null for nobody.</param>
    public void Trace(FrameTrace? masked, FrameTrace? asWritten) => _link.Trace(masked, asWritten);

    /// <summary>Opens the port and starts the loop. A missing port is waited for; a busy or forbidden one is a problem, and nothing is started.</summary>
    public PortProblem? Start()
    {
        if (_port.OpenFirst() is { } problem)
            return problem;
        _loop = new Thread(Run) { Name = $"twn4 {_options.Id}", IsBackground = true };
        _loop.Start();
        return null;
    }

    /// <summary>Sets the lights. The reader has no timers: it keeps what it shows when this program ends.</summary>
    public void SetLed(LedSetting setting)
    {
        _session.Lights.Set(setting);
        _link.Wake();
    }

    /// <summary>Sounds a row of tones, after those that still sound.</summary>
    public void Beep(BeepPattern beep)
    {
        _session.Tones.Add(beep);
        _link.Wake();
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
            if (!_port.IsOpen)
                _port.Reopen(Now);
            else if (!TakeTurn())
                Lose();
        _link.Close();
        _ended.SetResult();
    }

    private bool TakeTurn()
    {
        var length = _session.Next(Now, _request);
        if (length > 0)
            return Exchange(length);
        return _link.Wait(_session.DueIn(Now)) switch
        {
            LinkSignal.Gone => false,
            LinkSignal.Readable => Discard(),
            _ => true,
        };
    }

    private bool Exchange(int length)
    {
        if (!Discard())
            return false;
        var characters = Twn4Frame.Write(_request.AsSpan(0, length), _options.Settings.Crc, _text);
        if (!_link.Write(_text.AsSpan(0, characters)))
            return false;
        var sent = Now;
        var deadline = sent + _options.ReplyTimeout + _session.ExtraTime;
        var count = 0;
        for (var now = sent; now < deadline; now = Now)
        {
            var signal = _link.Wait(count > 0 && Pause < deadline - now ? Pause : deadline - now);
            if (signal == LinkSignal.TimedOut)
                break;
            var read = signal == LinkSignal.Readable ? _link.Read(_text.AsSpan(count)) : 0;
            if (signal == LinkSignal.Gone || read < 0)
                return false;
            count += read;
            var end = _text.AsSpan(0, count).IndexOf((byte)'\r');
            if (end < 0 && count < _text.Length)
                continue;
            Settle(_text.AsSpan(0, end < 0 ? count : end), sent);
            return true;
        }
        _session.Fail(count > 0 ? ExchangeFailure.Damaged : ExchangeFailure.Silent, Now);
        return true;
    }

    private void Settle(ReadOnlySpan<byte> line, TimeSpan sent)
    {
        if (Twn4Frame.Read(line.Trim("\r\n"u8), _options.Settings.Crc, _answer) is { } length)
            _session.Take(_answer.AsSpan(0, length), Now - sent, Now);
        else
            _session.Fail(ExchangeFailure.Damaged, Now);
    }

    // What the port kept from before would be taken for the answer.
    private bool Discard()
    {
        int count;
        while ((count = _link.Read(_text)) > 0 && !_stopping)
            continue;
        return count >= 0;
    }

    private void Lose()
    {
        _session.PortLost(Now);
        _port.Lose();
    }

    private void Tell(DeviceEvent happened)
    {
        if (!_events.TryWrite(happened))
            Interlocked.Increment(ref _eventsDropped);
    }
}
