using KioskLink.Devices.Osdp.Replies;

namespace KioskLink.Devices.Osdp;

/// <summary>What a device last said of its inputs, outputs and housing; tells only what has changed.</summary>
internal sealed class StatusTracker(string deviceId, Action<DeviceEvent> tell, TimeProvider clock)
{
    private const byte Unknown = 0xFE;
    private const byte LineFault = 2;
    private const int MostReaders = 16;
    private readonly byte[] _inputs = MakeUnknown();
    private readonly bool[] _faultyLines = new bool[256];
    private readonly byte[] _outputs = MakeUnknown();
    private readonly ReaderState[] _readers = new ReaderState[MostReaders];
    private LocalStatusReply? _local;

    /// <summary>Forgets everything: the next report is told whole.</summary>
    public void Forget()
    {
        _inputs.AsSpan().Fill(Unknown);
        _outputs.AsSpan().Fill(Unknown);
        _local = null;
    }

    public void Local(ReadOnlySpan<byte> data)
    {
        if (!LocalStatusReply.TryRead(data, out var status) || status == _local)
            return;
        _local = status;
        tell(new TamperChanged(deviceId, status.Tamper, status.PowerFault, clock.GetUtcNow()));
    }

    // OSDP 2.2: states of 2 and more are faults of a supervised input's line, of which the contact behind it is not known.
    public void Inputs(ReadOnlySpan<byte> states)
    {
        for (var input = 0; input < states.Length && input < _inputs.Length; input++)
        {
            Line(input, inOrder: states[input] < LineFault);
            if (states[input] < LineFault && Changed(_inputs, input, states[input]))
                tell(new InputChanged(deviceId, input, states[input] != 0, clock.GetUtcNow()));
        }
    }

    public void Outputs(ReadOnlySpan<byte> states)
    {
        for (var output = 0; output < states.Length && output < _outputs.Length; output++)
            if (Changed(_outputs, output, states[output]))
                tell(new OutputReported(deviceId, output, states[output] != 0, clock.GetUtcNow()));
    }

    // What was wrong with a reader before the session is still wrong until it is told otherwise, so this is not forgotten with the rest.
    public void Readers(ReadOnlySpan<byte> states)
    {
        for (var reader = 0; reader < states.Length && reader < _readers.Length; reader++)
        {
            var state = ReaderStatusReply.StateOf(states[reader]);
            if (_readers[reader] == state)
                continue;
            _readers[reader] = state;
            tell(new ReaderReported(deviceId, reader, state, clock.GetUtcNow()));
        }
    }

    // As with readers, a fault from before the session is not forgotten, so that its end is told. What the contact did meanwhile is told after it.
    private void Line(int input, bool inOrder)
    {
        if (_faultyLines[input] == !inOrder)
            return;
        (_faultyLines[input], _inputs[input]) = (!inOrder, Unknown);
        tell(new InputLineReported(deviceId, input, inOrder, clock.GetUtcNow()));
    }

    private static bool Changed(byte[] known, int index, byte state)
    {
        var active = state != 0 ? (byte)1 : (byte)0;
        if (known[index] == active)
            return false;
        known[index] = active;
        return true;
    }

    private static byte[] MakeUnknown()
    {
        var states = new byte[256];
        states.AsSpan().Fill(Unknown);
        return states;
    }
}
