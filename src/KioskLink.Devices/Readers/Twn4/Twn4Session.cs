using KioskLink.Devices.Osdp;

namespace KioskLink.Devices.Readers.Twn4;

/// <summary>What to ask a TWN4 next, and what an answer means. The reader's loop alone uses it; lights and tones are set from any thread.</summary>
internal sealed class Twn4Session
{
    private const int Blocks = Iso28560Card.Length / ReadBlock.Length, MostBlockFailures = 3;
    private static readonly CardMapping Ids = new(CardEncoding.Hex);
    private static readonly CardMapping Iso15693Ids = new(CardEncoding.Hex, ByteOrder: UidOrder.E0First);
    private static readonly DeviceCapabilities Capabilities = new() { Cards = true, Readers = 1, Leds = 1, LedColours = 3, Buzzer = true };
    private readonly Twn4Options _options;
    private readonly Action<DeviceEvent> _tell;
    private readonly TimeProvider _clock;
    private readonly HeldTag _held;
    private readonly byte[] _id = new byte[SearchTag.LongestId];
    private readonly byte[] _stored = new byte[Iso28560Card.Length];
    private Step? _asked;
    private Step _next = Step.Version;
    private LedPattern? _lights;
    private TimeSpan _dueAt;
    private int _idLength;
    private int _block;
    private int _blockFailures;
    private int _failures;
    private bool _toldOffline;
    private volatile bool _online;
    private DeviceCounters _counters;
    private TimeSpan? _lastReply;

    public Twn4Session(Twn4Options options, Action<DeviceEvent> tell, TimeProvider clock)
    {
        (_options, _tell, _clock) = (options, tell, clock);
        _held = new HeldTag(TimeSpan.FromMilliseconds(options.Settings.SameAgainMs));
        Lights = new Twn4Lights(clock);
    }

    private enum Step
    {
        Version,
        TagTypes,
        TakeLights,
        LightsOff,
        LightsOn,
        Tone,
        Search,
        Block,
    }

    public Twn4Lights Lights { get; }

    public Twn4Tones Tones { get; } = new();

    public DeviceStatus Status => new(_options.Id, 0, _online, SessionSecurity.Clear, null, Capabilities, _counters, _lastReply);

    /// <summary>How much longer than usual the answer to the last request may take: a tone is answered when it is over.</summary>
    public TimeSpan ExtraTime { get; private set; }

    /// <summary>How long there is nothing to ask.</summary>
    public TimeSpan DueIn(TimeSpan now)
    {
        var wait = _dueAt > now ? _dueAt - now : TimeSpan.Zero;
        return _online && Lights.ChangesIn is { } change && change < wait ? change : wait;
    }

    /// <summary>Writes the next request. How many bytes; 0 when there is nothing to ask now.</summary>
    public int Next(TimeSpan now, Span<byte> target)
    {
        _asked ??= Choose(now);
        return _asked switch
        {
            Step.Version => GetVersion.Write(target),
            Step.TagTypes => SetTagTypes.Write(target, _options.Settings.LowFrequency),
            Step.TakeLights => SwitchLeds.WriteInit(target),
            Step.LightsOff => SwitchLeds.WriteOff(target, SwitchLeds.All),
            Step.LightsOn => WriteLights(_lights!, target),
            Step.Tone => WriteTone(target),
            Step.Search => SearchTag.Write(target),
            Step.Block => ReadBlock.Write(target, _block),
            _ => 0,
        };
    }

    /// <summary>An answer without error has come.</summary>
    public void Take(ReadOnlySpan<byte> answer, TimeSpan took, TimeSpan now)
    {
        (_counters, _lastReply, ExtraTime) = (_counters with { Exchanges = _counters.Exchanges + 1 }, took, TimeSpan.Zero);
        if (!Understand(answer, now))
        {
            Fail(ExchangeFailure.Damaged, now);
            return;
        }
        (_asked, _failures) = (null, 0);
    }

    /// <summary>No answer, or a broken one.</summary>
    public void Fail(ExchangeFailure failure, TimeSpan now)
    {
        (_counters, ExtraTime) = (_counters.After(failure), TimeSpan.Zero);
        // A tone may have sounded, and a card may have gone: neither is asked for again.
        if (_asked is Step.Tone or Step.Block)
            Drop(now);
        if (_failures++ < _options.Retries && _online)
            _counters = _counters with { Retries = _counters.Retries + 1 };
        else
            GoOffline(now);
    }

    /// <summary>The port has vanished.</summary>
    public void PortLost(TimeSpan now)
    {
        GoOffline(now);
        _dueAt = TimeSpan.Zero;
    }

    private Step? Choose(TimeSpan now)
    {
        if (!_online)
            return now < _dueAt ? null : _next;
        if (_next is Step.Block or Step.LightsOn)
            return _next;
        if ((_lights = Lights.TakeChange()) is not null)
            return Step.LightsOff;
        if (Tones.Any)
            return Step.Tone;
        return now < _dueAt ? null : Step.Search;
    }

    private bool Understand(ReadOnlySpan<byte> answer, TimeSpan now)
    {
        switch (_asked)
        {
            case Step.Version:
                _next = Step.TagTypes;
                return GetVersion.IsTwn4(answer);
            case Step.TagTypes:
                _next = Step.TakeLights;
                break;
            case Step.TakeLights:
                GoOnline(now);
                break;
            case Step.LightsOff:
                _next = SwitchesOn(_lights!) ? Step.LightsOn : Step.Search;
                break;
            case Step.LightsOn:
                _next = Step.Search;
                break;
            case Step.Search:
                _dueAt = now + TimeSpan.FromMilliseconds(_options.Settings.PollMs);
                return TakeSearch(answer, now);
            case Step.Block:
                TakeBlock(answer, now);
                break;
        }
        return true;
    }

    private bool TakeSearch(ReadOnlySpan<byte> answer, TimeSpan now)
    {
        if (!SearchTag.TryRead(answer, out var tag))
            return false;
        if (tag.Bits == 0 || _held.IsHeld(tag.Id, now))
            return true;
        tag.Id.CopyTo(_id);
        _idLength = tag.Id.Length;
        if (_options.Cards?.Encoding != CardEncoding.Iso28560)
            Tell((_options.Cards ?? (tag.IsIso15693 ? Iso15693Ids : Ids)).Read(tag.Id, tag.Bits), now);
        else if (tag.IsIso15693)
            (_next, _block) = (Step.Block, 0);
        else
            Tell(new CardScan(null, tag.Bits, "bits"), now);
        return true;
    }

    private void TakeBlock(ReadOnlySpan<byte> answer, TimeSpan now)
    {
        if (!ReadBlock.TryRead(answer, _stored.AsSpan(_block * ReadBlock.Length)))
            Drop(now);
        else if (++_block == Blocks)
            Tell(_options.Cards!.Read(_stored, _stored.Length * 8), now);
    }

    // A card that is held askew loses a block or two and is found again at once; one that never gives them is none.
    private void Drop(TimeSpan now)
    {
        var wasBlock = _asked == Step.Block;
        (_asked, _next) = (null, Step.Search);
        if (wasBlock && ++_blockFailures >= MostBlockFailures)
            Tell(new CardScan(null, _block * ReadBlock.Length, "bytes"), now);
    }

    private void Tell(CardScan card, TimeSpan now)
    {
        _held.Hold(_id.AsSpan(0, _idLength), now);
        (_next, _blockFailures) = (Step.Search, 0);
        Array.Clear(_stored);
        _tell(new CardScanned(_options.Id, card, Stale: false, _clock.GetUtcNow()));
    }

    private int WriteTone(Span<byte> target)
    {
        Tones.Take(out var on, out var off);
        ExtraTime = on + off;
        return SoundBeep.Write(target, on, off);
    }

    private static bool SwitchesOn(LedPattern pattern) => Twn4Lights.LightsOf(pattern.On) != 0;

    private static int WriteLights(LedPattern pattern, Span<byte> target) => pattern.OffTime > TimeSpan.Zero
        ? SwitchLeds.WriteBlink(target, Twn4Lights.LightsOf(pattern.On), pattern.OnTime, pattern.OffTime)
        : SwitchLeds.WriteOn(target, Twn4Lights.LightsOf(pattern.On));

    private void GoOnline(TimeSpan now)
    {
        (_online, _toldOffline, _next, _dueAt) = (true, false, Step.Search, now);
        _counters = _counters with { Sessions = _counters.Sessions + 1 };
        _tell(new DeviceOnline(_options.Id, new DeviceIdentity(), Capabilities, SessionSecurity.Clear, _clock.GetUtcNow()));
    }

    private void GoOffline(TimeSpan now)
    {
        (_online, _asked, _next, _dueAt, _failures, _blockFailures) = (false, null, Step.Version, now + _options.AbsentInterval, 0, 0);
        _held.Forget();
        Lights.Forget();
        Tones.Forget();
        if (_toldOffline)
            return;
        _toldOffline = true;
        _tell(new DeviceOffline(_options.Id, _clock.GetUtcNow()));
    }
}
