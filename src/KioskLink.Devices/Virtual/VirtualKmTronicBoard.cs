namespace KioskLink.Devices.Virtual;

/// <summary>A KMTronic USB relay board: three bytes a request, no answer to a switch.</summary>
/// <param name="outputs">1, 2, 4 or 8 relays; boards with two at most tell them one by one.</param>
public sealed class VirtualKmTronicBoard(int outputs = 8) : VirtualRelayBoard(outputs)
{
    /// <inheritdoc />
    protected override void Receive(ReadOnlySpan<byte> bytes)
    {
        Heard.AddRange(bytes);
        while (Heard.Count > 0 && Heard[0] != 0xFF)
            Heard.RemoveAt(0);
        for (; Heard.Count >= 3; Heard.RemoveRange(0, 3))
            Execute(Heard[1], Heard[2]);
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
