namespace KioskLink.Devices.Virtual;

/// <summary>An OSDP module with relay outputs, that may have timers of their own, and contact inputs.</summary>
public sealed class VirtualIoModule : VirtualOsdpDevice
{
    private readonly Relay[] _outputs;
    private readonly byte[] _inputs;
    private bool _inputsTold = true;

    /// <summary>Makes a module.</summary>
    /// <param name="address">Its address, 0 to 126.</param>
    /// <param name="key">Its key of 16 bytes; null for one that speaks in clear.</param>
    /// <param name="outputs">How many relays.</param>
    /// <param name="inputs">How many inputs.</param>
    public VirtualIoModule(byte address, byte[]? key, int outputs = 4, int inputs = 4)
        : base(address, key)
    {
        _outputs = [.. Enumerable.Range(0, outputs).Select(_ => new Relay())];
        _inputs = new byte[inputs];
    }

    /// <summary>A relay has switched: its number, its new state. Raised on the line's thread with the module locked: be quick, call nothing of the module.</summary>
    public event Action<int, bool>? OutputSwitched;

    /// <summary>The relays run the timers of timed orders themselves.</summary>
    public bool Timed { get; init; } = true;

    /// <summary>The relays' states now.</summary>
    public IReadOnlyList<bool> Outputs
    {
        get
        {
            lock (Gate)
                return [.. _outputs.Select(output => output.On)];
        }
    }

    /// <summary>Opens or closes a contact.</summary>
    public void SetInput(int input, bool active) => SetState(input, (byte)(active ? 1 : 0));

    /// <summary>Cuts or shorts the line of a supervised input: it is in no state that a contact gives.</summary>
    /// <param name="input">The input.</param>
    /// <param name="state">What the module reports of it, 2 or more.</param>
    public void BreakInput(int input, byte state = 2) => SetState(input, state);

    /// <inheritdoc />
    protected override void LosePower()
    {
        base.LosePower();
        for (var output = 0; output < _outputs.Length; output++)
        {
            (_outputs[output].Permanent, _outputs[output].TimedUntil) = (false, null);
            Settle(output);
        }
    }

    /// <inheritdoc />
    protected override byte[] CapabilityRecords() => [1, 2, (byte)_inputs.Length, 2, (byte)(Timed ? 4 : 2), (byte)_outputs.Length];

    /// <inheritdoc />
    protected override (byte Id, byte[] Data)? Report() => _inputsTold ? null : InputStatus();

    /// <inheritdoc />
    protected override (byte Id, byte[] Data)? Execute(byte command, byte[] data) => command switch
    {
        0x64 => (0x48, [0, 0]),
        0x65 => InputStatus(),
        0x66 => OutputStatus(),
        0x68 when data.Length > 0 && data.Length % 4 == 0 => Switch(data),
        _ => null,
    };

    /// <inheritdoc />
    protected override void Elapsed()
    {
        for (var output = 0; output < _outputs.Length; output++)
        {
            if (_outputs[output].TimedUntil <= Now)
                _outputs[output].TimedUntil = null;
            Settle(output);
        }
    }

    private void SetState(int input, byte state) => Change(() =>
    {
        _inputsTold &= _inputs[input] == state;
        _inputs[input] = state;
    });

    private (byte Id, byte[] Data) InputStatus()
    {
        _inputsTold = true;
        return (0x49, [.. _inputs]);
    }

    private (byte Id, byte[] Data) OutputStatus() => (0x4A, [.. _outputs.Select(output => (byte)(output.On ? 1 : 0))]);

    private (byte Id, byte[] Data) Switch(byte[] data)
    {
        for (var at = 0; at < data.Length; at += 4)
        {
            var timer = data[at + 2] + 256 * data[at + 3];
            if (data[at] >= _outputs.Length || data[at + 1] > 6 || (data[at + 1] >= 5 && (!Timed || timer == 0)))
                return Refuse(9);
        }
        for (var at = 0; at < data.Length; at += 4)
            Switch(data[at], data[at + 1], TimeSpan.FromMilliseconds(100 * (data[at + 2] + 256 * data[at + 3])));
        return OutputStatus();
    }

    private void Switch(int output, byte code, TimeSpan timer)
    {
        var relay = _outputs[output];
        if (code is 1 or 2)
            relay.TimedUntil = null;
        if (code is >= 1 and <= 4)
            relay.Permanent = code is 2 or 4;
        if (code is 5 or 6)
        {
            (relay.TimedState, relay.TimedUntil) = (code == 5, Now + timer);
            WakeAt(Now + timer);
        }
        Settle(output);
    }

    private void Settle(int output)
    {
        var relay = _outputs[output];
        var on = relay.TimedUntil is null ? relay.Permanent : relay.TimedState;
        if (on == relay.On)
            return;
        relay.On = on;
        MarkChanged();
        OutputSwitched?.Invoke(output, on);
    }

    /// <summary>One relay: what it is for good, and what a running timer makes of it.</summary>
    private sealed class Relay
    {
        public bool Permanent { get; set; }

        public bool TimedState { get; set; }

        public TimeSpan? TimedUntil { get; set; }

        public bool On { get; set; }
    }
}
