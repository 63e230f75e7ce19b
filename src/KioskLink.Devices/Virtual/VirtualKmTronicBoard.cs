namespace KioskLink.Devices.Virtual;

/// <summary>A KMTronic USB relay board: three bytes a request, no answer to a switch.</summary>
/// <param name="outputs">1, 2, 4 or 8 relays; boards with two at most tell them one by one.</param>
public sealed class VirtualKmTronicBoard(int outputs = 8) : VirtualRelayBoard(outputs)
{
    private readonly List<byte> _heard = [];

    /// <inheritdoc />
    protected override void LosePower()
    {
        base.LosePower();
        _heard.Clear();
    }

    /// <inheritdoc />
    protected override void Receive(ReadOnlySpan<byte> bytes)
    {
        _heard.AddRange(bytes);
        while (_heard.Count > 0 && _heard[0] != 0xFF)
            _heard.RemoveAt(0);
        for (; _heard.Count >= 3; _heard.RemoveRange(0, 3))
            Execute(_heard[1], _heard[2]);
    }

    private void Execute(byte relay, byte command)
    {
        if (relay == 9 && command == 0 && Count > 2)
            Send([.. Enumerable.Range(0, Count).Select(output => (byte)(IsOn(output) ? 1 : 0))]);
        else if (relay >= 1 && relay <= Count && command <= 1)
            Switch(relay - 1, command == 1);
        else if (relay >= 1 && relay <= Count && command == 3 && Count <= 2)
            Send([0xFF, relay, (byte)(IsOn(relay - 1) ? 1 : 0)]);
    }
}
