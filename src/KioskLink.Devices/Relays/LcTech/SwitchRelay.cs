namespace KioskLink.Devices.Relays.LcTech;

/// <summary><c>A0 rr ss cs</c> switches relay rr (from 1); cs is the low byte of the sum of the three. No answer.</summary>
internal static class SwitchRelay
{
    public const int Length = 4;
    private const byte Start = 0xA0;

    public static int Write(Span<byte> target, int output, bool on)
    {
        var (relay, state) = ((byte)(output + 1), (byte)(on ? 1 : 0));
        (target[0], target[1], target[2], target[3]) = (Start, relay, state, (byte)(Start + relay + state));
        return Length;
    }
}
