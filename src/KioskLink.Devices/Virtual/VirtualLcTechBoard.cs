namespace KioskLink.Devices.Virtual;

/// <summary>An LCTech relay board behind a CH340: four bytes a request, and never an answer.</summary>
/// <param name="outputs">How many relays.</param>
public sealed class VirtualLcTechBoard(int outputs = 1) : VirtualRelayBoard(outputs)
{
    /// <inheritdoc />
    protected override void Receive(ReadOnlySpan<byte> bytes)
    {
        Heard.AddRange(bytes);
        while (Heard.Count >= 4)
        {
            var (start, relay, state, sum) = (Heard[0], Heard[1], Heard[2], Heard[3]);
            if (start != 0xA0 || (byte)(start + relay + state) != sum)
            {
                Heard.RemoveAt(0);
                continue;
            }
            Heard.RemoveRange(0, 4);
            if (relay >= 1 && relay <= Count && state <= 1)
                Switch(relay - 1, state == 1);
        }
    }
}
