namespace KioskLink.Devices.Relays.Numato;

/// <summary>How Numato boards count relays: <c>0</c> to <c>9</c>, then <c>A</c> to <c>V</c>.</summary>
internal static class RelayIndex
{
    public static byte Of(int output) => (byte)(output < 10 ? '0' + output : 'A' + output - 10);
}
