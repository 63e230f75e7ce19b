using System.Threading.Channels;
using KioskLink.Devices;
using KioskLink.Devices.Readers;
using KioskLink.Node.Deciding;
using KioskLink.Node.Doors;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Entrances;

/// <summary>Makes presentations of the cards and keys of one entrance: one loop, awake only when a device tells something or time runs out.</summary>
internal sealed class PresentationIntake : IDisposable
{
    /// <summary>How many events of devices wait for the loop; what comes on top of them is dropped.</summary>
    public const int EventLimit = 256;

    /// <summary>How many presentations wait for their decision; whoever comes on top of them is asked to present again.</summary>
    public const int PresentationLimit = 4;

    // An event that is null: time has passed.
    private readonly Channel<DeviceEvent?> _events = Channel.CreateBounded<DeviceEvent?>(new BoundedChannelOptions(EventLimit) { SingleReader = true });
    private readonly Channel<Presentation> _presentations = Channel.CreateBounded<Presentation>(PresentationLimit);
    private readonly Entrance _entrance;
    private readonly EntranceWork _work;
    private readonly FeedbackPanel _panel;
    private readonly TimeProvider _time;
    private readonly WakeTimer _timer;
    private readonly PinBuffer _pin = new();
    private PinEntryState _entry = PinEntryState.Closed;
    private ReadCard? _card;

    /// <summary>Wires the intake of an entrance.</summary>
    public PresentationIntake(Entrance entrance, EntranceWork work, FeedbackPanel panel, TimeProvider time)
    {
        (_entrance, _work, _panel, _time) = (entrance, work, panel, time);
        _timer = new WakeTimer(time, () => _events.Writer.TryWrite(null));
    }

    /// <summary>The presentations, in the order in which they were completed.</summary>
    public ChannelReader<Presentation> Presentations => _presentations.Reader;

    /// <summary>Digits that are in memory now.</summary>
    public int DigitsHeld => _pin.Count;

    /// <summary>Takes an event of one of the entrance's devices. Thread-safe, returns at once.</summary>
    public void Post(DeviceEvent happened)
    {
        if (!_events.Writer.TryWrite(happened))
            (happened as KeysPressed)?.Keys.Wipe();
    }

    /// <summary>Runs until stopped; the PIN is wiped then.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var happened in _events.Reader.ReadAllAsync(stopping))
            {
                await TakeAsync(happened);
                _timer.WakeAt(PinEntry.DueAt(_work.PinRules(), _entry));
            }
        }
        finally
        {
            _pin.Wipe();
        }
    }

    /// <summary>Ends the timer and wipes the PIN.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        _pin.Dispose();
    }

    private Task TakeAsync(DeviceEvent? happened)
    {
        switch (happened)
        {
            case null:
                Step(PinInput.Tick);
                break;
            case CardScanned { Stale: true } card:
                return RefuseStaleAsync(card);
            case CardScanned card:
                TakeCard(card);
                break;
            case KeysPressed keys:
                TakeKeys(keys);
                break;
            case DeviceOffline or PortLost:
                Step(PinInput.Abort);
                break;
            case DeviceOnline:
                _panel.Tell(new PanelBack());
                break;
        }
        return Task.CompletedTask;
    }

    /// <summary>What a reader kept from before it was listened to may be of someone who has left: it is recorded and counts for nothing.</summary>
    private async Task RefuseStaleAsync(CardScanned card)
    {
        _panel.Tell(new NotTaken());
        await _work.Record(new RecordOpen { Kind = RecordKind.StalePresentation, DoorId = _entrance.DoorId, DeviceId = card.SourceId });
    }

    private void TakeCard(CardScanned scanned)
    {
        var card = new ReadCard(scanned.Card, scanned.SourceId, Guid.NewGuid().ToString("N"), _time.GetTimestamp());
        var asksPin = _entrance.HasKeypad && _work.AsksPin(scanned.Card.Number);
        _panel.Tell(new CardRead(asksPin));
        if (asksPin)
        {
            _work.CardRead();
            _card = card;
            Step(PinInput.Card);
            return;
        }
        Step(PinInput.Abort);
        _card = card;
        Complete();
    }

    private void TakeKeys(KeysPressed pressed)
    {
        if (!pressed.Stale)
            foreach (var key in pressed.Keys.Keys)
                Step(key switch { '*' => PinInput.Clear, '#' => PinInput.Enter, _ => PinInput.Digit }, key);
        pressed.Keys.Wipe();
    }

    private void Step(PinInput input, char key = default)
    {
        (_entry, var effect) = PinEntry.Step(_work.PinRules(), _entry, input, _timer.Now);
        if (effect is PinEffect.Keep or PinEffect.KeepAndSubmit)
            _pin.Append(key);
        if (effect is PinEffect.Begin or PinEffect.Wipe or PinEffect.Forget)
            _pin.Wipe();
        if (effect is PinEffect.Submit or PinEffect.KeepAndSubmit)
        {
            _panel.Tell(new PinComplete());
            Complete();
        }
        if (effect is PinEffect.Forget)
        {
            _card = null;
            _panel.Tell(new PinForgotten());
        }
    }

    private void Complete()
    {
        var presentation = Present(_card ?? throw new InvalidOperationException("a PIN was completed and no card was read"));
        _card = null;
        _pin.Wipe();
        if (_presentations.Writer.TryWrite(presentation))
            return;
        Array.Clear(presentation.Pin);
        _panel.Tell(new NotTaken());
    }

    private Presentation Present(ReadCard card)
    {
        var pin = GC.AllocateUninitializedArray<byte>(_pin.Count, pinned: true);
        _pin.Digits.Span.CopyTo(pin);
        var presentation = new Presentation
        {
            AttemptId = card.AttemptId,
            DoorId = _entrance.DoorId,
            DeviceId = card.DeviceId,
            Card = card.Scan.Number,
            Pin = pin,
            ReadAt = card.ReadAt,
            Conditions = _work.Conditions(card.Scan.Number),
            Outdoors = _entrance.Outdoors,
        };
        _work.Reached(presentation, 1, null);
        _work.Reached(presentation, 2, null);
        return presentation;
    }

    private sealed record ReadCard(CardScan Scan, string DeviceId, string AttemptId, long ReadAt);
}
