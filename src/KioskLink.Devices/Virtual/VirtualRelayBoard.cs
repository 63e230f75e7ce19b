namespace KioskLink.Devices.Virtual;

/// <summary>The relays of a virtual board, whatever language it speaks.</summary>
public abstract class VirtualRelayBoard : VirtualDevice
{
    private readonly bool[] _on;
    private readonly TimeSpan?[] _offAt;

    private protected VirtualRelayBoard(int outputs)
    {
        _on = new bool[outputs];
        _offAt = new TimeSpan?[outputs];
    }

    /// <summary>A relay has switched: its number, its new state. Raised on the line's thread with the board locked: be quick, call nothing of the board.</summary>
    public event Action<int, bool>? OutputSwitched;

    /// <summary>The relays' states now.</summary>
    public IReadOnlyList<bool> Outputs
    {
        get
        {
            lock (Gate)
                return [.. _on];
        }
    }

    /// <summary>What has come over the line and makes no whole request yet; without power it is forgotten.</summary>
    protected List<byte> Heard { get; } = [];

    /// <summary>How many relays it has.</summary>
    protected int Count => _on.Length;

    /// <summary>Switches a relay as nobody on the line has ordered: a hand on the board, or another program.</summary>
    public void Force(int output, bool on) => Change(() => Switch(output, on));

    /// <inheritdoc />
    protected override void LosePower()
    {
        Heard.Clear();
        for (var output = 0; output < Count; output++)
            Switch(output, false);
    }

    /// <inheritdoc />
    protected override void Elapsed()
    {
        for (var output = 0; output < Count; output++)
            if (_offAt[output] <= Now)
                Switch(output, false);
    }

    /// <summary>Whether a relay is on.</summary>
    protected bool IsOn(int output) => _on[output];

    /// <summary>Switches a relay for good; a running pulse of it ends.</summary>
    protected void Switch(int output, bool on)
    {
        _offAt[output] = null;
        Settle(output, on);
    }

    /// <summary>Switches a relay on for a time.</summary>
    protected void Pulse(int output, TimeSpan span)
    {
        _offAt[output] = Now + span;
        WakeAt(Now + span);
        Settle(output, true);
    }

    private void Settle(int output, bool on)
    {
        if (_on[output] == on)
            return;
        _on[output] = on;
        MarkChanged();
        OutputSwitched?.Invoke(output, on);
    }
}
