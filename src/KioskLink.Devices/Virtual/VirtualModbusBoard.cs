namespace KioskLink.Devices.Virtual;

/// <summary>A relay board on Modbus RTU, with or without pulses of its own. It shares no code with the other side.</summary>
/// <param name="address">Its address, 1 to 247.</param>
/// <param name="outputs">How many relays, 8 at most in each byte of the answer.</param>
public sealed class VirtualModbusBoard(byte address, int outputs = 8) : VirtualRelayBoard(outputs)
{
    private const int PulseRegisters = 0x200;
    private static readonly TimeSpan Thinking = TimeSpan.FromMilliseconds(3);
    private readonly bool[] _inputs = new bool[32];
    private byte[] _heard = [];
    private TimeSpan _heardAt;

    /// <summary>It knows the registers from 0200 that switch on for a time.</summary>
    public bool Timed { get; init; } = true;

    /// <summary>Requests that it has carried out.</summary>
    public int Obeyed { get; private set; }

    /// <summary>How many inputs it has, 32 at most; without any it does not know the request.</summary>
    public int Inputs { get; init; }

    /// <summary>Closes or opens the contact of an input.</summary>
    public void SetInput(int input, bool active) => Change(() => _inputs[input] = active);

    /// <inheritdoc />
    protected override void LosePower()
    {
        base.LosePower();
        _heard = [];
    }

    /// <inheritdoc />
    protected override void Receive(ReadOnlySpan<byte> bytes)
    {
        // A frame ends at a pause; whoever sends without one is not understood.
        if (Now - _heardAt > TimeSpan.FromMilliseconds(50))
            _heard = [];
        _heardAt = Now;
        _heard = [.. _heard, .. bytes];
        if (_heard.Length < 2)
            return;
        var length = _heard[1] == 0x0F && _heard.Length > 6 ? 9 + _heard[6] : _heard[1] == 0x0F ? 10 : 8;
        if (_heard.Length < length)
            return;
        var frame = _heard;
        _heard = [];
        if (frame[0] == address && frame.Length == length && Crc(frame[..^2]) == frame[^2] + 256 * frame[^1])
            Execute(frame);
    }

    private void Execute(byte[] frame)
    {
        var (place, value) = (256 * frame[2] + frame[3], 256 * frame[4] + frame[5]);
        var answer = frame[1] switch
        {
            0x01 when place == 0 && value == Count => ReadAll(0x01, Count, IsOn),
            0x02 when Inputs > 0 && place == 0 && value == Inputs => ReadAll(0x02, Inputs, input => _inputs[input]),
            0x02 when Inputs > 0 => [address, 0x82, 2],
            0x05 when place < Count && value is 0xFF00 or 0 => Obey(() => Switch(place, value != 0), frame[..6]),
            0x05 when Timed && place >= PulseRegisters && place < PulseRegisters + Count && value is > 0 and < 0x8000 =>
                Obey(() => Pulse(place - PulseRegisters, TimeSpan.FromMilliseconds(100 * value)), frame[..6]),
            0x0F when place == 0 && value == Count => Obey(() => SetAll(frame[7..^2]), frame[..6]),
            0x01 or 0x05 or 0x0F => [address, (byte)(frame[1] | 0x80), 2],
            _ => [address, (byte)(frame[1] | 0x80), 1],
        };
        var crc = Crc(answer);
        After(Thinking, () => Send([.. answer, (byte)crc, (byte)(crc >> 8)]));
    }

    private byte[] ReadAll(byte function, int count, Func<int, bool> isOn)
    {
        var states = new byte[(count + 7) / 8];
        for (var point = 0; point < count; point++)
            states[point / 8] |= (byte)(isOn(point) ? 1 << point % 8 : 0);
        return [address, function, (byte)states.Length, .. states];
    }

    private byte[] Obey(Action act, byte[] answer)
    {
        Obeyed++;
        act();
        return answer;
    }

    private void SetAll(byte[] states)
    {
        for (var output = 0; output < Count; output++)
            Switch(output, (states[output / 8] >> output % 8 & 1) != 0);
    }

    // By table, as its maker might: written anew, so that a mistake in the other side's is seen.
    private static int Crc(byte[] bytes)
    {
        var crc = 0xFFFF;
        foreach (var part in bytes)
        {
            var row = (crc ^ part) & 0xFF;
            for (var bit = 0; bit < 8; bit++)
                row = row % 2 == 1 ? (row / 2) ^ 0xA001 : row / 2;
            crc = (crc >> 8) ^ row;
        }
        return crc;
    }
}
