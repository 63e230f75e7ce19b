namespace KioskLink.Devices.Relays.Devantech;

/// <summary><c>5C bb</c> sets all relays, relay 1 in bit 0. No answer.</summary>
internal static class SetRelays
{
    private const byte Command = 0x5C;

    public static int Write(Span<byte> target, uint states)
    {
        (target[0], target[1]) = (Command, (byte)states);
        return 2;
    }
}
