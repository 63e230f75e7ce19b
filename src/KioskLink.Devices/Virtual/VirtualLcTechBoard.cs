namespace KioskLink.Devices.Virtual;

/// <summary>An LCTech relay board behind a CH340: four bytes a request, and never an answer.</summary>
/// <param name="outputs">How many relays.</param>
public sealed class VirtualLcTechBoard(int outputs = 1) : VirtualRelayBoard(outputs)
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
        while (_heard.Count >= 4)
        {
            var (start, relay, state, sum) = (_heard[0], _heard[1], _heard[2], _heard[3]);
            if (start != 0xA0 || (byte)(start + relay + state) != sum)
            {
                _heard.RemoveAt(0);
                continue;
            }
            _heard.RemoveRange(0, 4);
            if (relay >= 1 && relay <= Count && state <= 1)
                Switch(relay - 1, state == 1);
        }
    }
}
