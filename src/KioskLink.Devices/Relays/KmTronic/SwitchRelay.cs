namespace KioskLink.Devices.Relays.KmTronic;

/// <summary><c>FF rr 01</c> switches relay rr (from 1) on, <c>FF rr 00</c> off. No answer.</summary>
internal static class SwitchRelay
{
    public const byte Start = 0xFF;

    public static int Write(Span<byte> target, int output, bool on)
    {
        (target[0], target[1], target[2]) = (Start, (byte)(output + 1), (byte)(on ? 1 : 0));
        return 3;
    }
}
