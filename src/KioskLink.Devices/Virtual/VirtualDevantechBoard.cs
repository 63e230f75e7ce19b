namespace KioskLink.Devices.Virtual;

/// <summary>A Devantech USB-RLY08: eight relays, single bytes.</summary>
public sealed class VirtualDevantechBoard() : VirtualRelayBoard(8)
{
    private bool _statesFollow;

    /// <summary>What it says it is: 8 is the USB-RLY08.</summary>
    public byte Model { get; init; } = 8;

    /// <inheritdoc />
    protected override void LosePower()
    {
        base.LosePower();
        _statesFollow = false;
    }

    /// <inheritdoc />
    protected override void Receive(ReadOnlySpan<byte> bytes)
    {
        foreach (var command in bytes)
            if (_statesFollow)
                SetAll(command);
            else
                Execute(command);
    }

    private void Execute(byte command)
    {
        switch (command)
        {
            case 0x5A:
                Send([Model, 1]);
                break;
            case 0x5B:
                Send([States()]);
                break;
            case 0x5C:
                _statesFollow = true;
                break;
            case 0x64 or 0x6E:
                SetAll((byte)(command == 0x64 ? 0xFF : 0));
                break;
            case >= 0x65 and <= 0x6C:
                Switch(command - 0x65, true);
                break;
            case >= 0x6F and <= 0x76:
                Switch(command - 0x6F, false);
                break;
        }
    }

    private byte States()
    {
        var states = 0;
        for (var output = 0; output < Count; output++)
            states |= IsOn(output) ? 1 << output : 0;
        return (byte)states;
    }

    private void SetAll(byte states)
    {
        _statesFollow = false;
        for (var output = 0; output < Count; output++)
            Switch(output, (states >> output & 1) != 0);
    }
}
