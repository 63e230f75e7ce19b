namespace KioskLink.Devices.Relays.Devantech;

/// <summary><c>65</c> to <c>6C</c> switch relay 1 to 8 on, <c>6F</c> to <c>76</c> off. No answer.</summary>
internal static class SwitchRelay
{
    private const byte FirstOn = 0x65, FirstOff = 0x6F;

    public static int Write(Span<byte> target, int output, bool on)
    {
        target[0] = (byte)((on ? FirstOn : FirstOff) + output);
        return 1;
    }
}
