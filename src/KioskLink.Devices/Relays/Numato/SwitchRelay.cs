namespace KioskLink.Devices.Relays.Numato;

/// <summary><c>relay on 0</c>, <c>relay off 0</c>.</summary>
internal static class SwitchRelay
{
    public static int Write(Span<byte> target, int output, bool on)
    {
        var verb = on ? "relay on "u8 : "relay off "u8;
        verb.CopyTo(target);
        target[verb.Length] = RelayIndex.Of(output);
        return verb.Length + 1;
    }
}
