using System.Threading.Channels;
using KioskLink.Devices;
using KioskLink.Devices.Locks;
using KioskLink.Node.Buses;
using KioskLink.Node.Doors;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Premises;
using NodaTime;
using Duration = NodaTime.Duration;

namespace KioskLink.Node.AlarmPanels;

/// <summary>Runs the <see cref="AlarmPanel"/> of a node: one loop. Posting is thread-safe. A node without a panel has one that nobody arms.</summary>
internal sealed class PanelLoop : IDisposable
{
    /// <summary>How many inputs wait for the loop; what comes on top of them is dropped.</summary>
    public const int InputLimit = 256;

    private readonly Channel<PanelInput> _inputs = Channel.CreateBounded<PanelInput>(new BoundedChannelOptions(InputLimit) { SingleReader = true });
    private readonly AlarmPanelConfig _config;
    private readonly DeviceLines _lines;
    private readonly PanelWork _work;
    private readonly WakeTimer _timer;
    private volatile AlarmPanel _panel;

    /// <summary>Wires the panel, and listens to its contacts. Before the lines start only.</summary>
    public PanelLoop(AlarmPanelConfig? config, DeviceLines lines, PanelWork work, TimeProvider time)
    {
        (_config, _lines, _work) = (config ?? new AlarmPanelConfig(), lines, work);
        _panel = new AlarmPanel(_config.Arm is null ? null : Duration.FromTimeSpan(_config.ArmAfter));
        _timer = new WakeTimer(time, () => Post(new PanelTick()));
        Listen(_config.Armed, active => new ArmedChanged(active));
        Listen(_config.Alarm, active => new BurglaryChanged(active));
        Listen(_config.Fault, active => new FaultChanged(active));
    }

    /// <summary>Whether the burglar alarm is armed.</summary>
    public bool IsArmed => _panel.IsArmed;

    /// <summary>Says that something has happened. Returns at once.</summary>
    public void Post(PanelInput input) => _inputs.Writer.TryWrite(input);

    /// <summary>Runs until stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await foreach (var input in _inputs.Reader.ReadAllAsync(stopping))
        {
            Take(input);
            _timer.WakeAt(_panel.NextDue is { } due ? (due - NodaConstants.UnixEpoch).ToTimeSpan() : null);
        }
    }

    /// <summary>Ends the timer.</summary>
    public void Dispose() => _timer.Dispose();

    private void Listen(ContactConfig? contact, Func<bool, PanelInput> meaning)
    {
        if (contact is null)
            return;
        _lines.Listen(contact.Device, happened =>
        {
            if (happened is InputChanged changed && changed.Input == contact.Input)
                Post(meaning(changed.Active));
        });
    }

    private void Take(PanelInput input)
    {
        var people = _work.People();
        (_panel, var effects) = _panel.Step(input, people, NodaConstants.UnixEpoch + Duration.FromTimeSpan(_timer.Now));
        foreach (var effect in effects)
            Do(effect, people);
    }

    private void Do(PanelEffect effect, int people)
    {
        _work.Record(new RecordOpen { Kind = RecordKind.Branch, Detail = PanelWords.Of(effect) });
        foreach (var (subject, sentence) in PanelWords.AlarmsOf(effect, people))
            _work.Alarm(subject, sentence);
        if (effect is PanelEffect.Arm or PanelEffect.Disarm)
            _ = PulseAsync(effect == PanelEffect.Arm ? _config.Arm : _config.Disarm);
    }

    // Sent once, as an unlock is: what did not take is told when the panel has not done it in time.
    private async Task<OutputResult> PulseAsync(PulsedConfig? output) =>
        output is null ? OutputResult.NotSent : await _lines.UnlockAsync(output.Device, output.Output, output.Pulse);
}
