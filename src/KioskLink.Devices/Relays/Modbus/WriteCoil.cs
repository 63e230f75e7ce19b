namespace KioskLink.Devices.Relays.Modbus;

/// <summary>Function 05: one relay on or off. The board answers with the same bytes.</summary>
internal static class WriteCoil
{
    public const byte Function = 0x05;
    private const ushort On = 0xFF00, Off = 0x0000;

    public static int Write(Span<byte> target, byte address, int output, bool on) =>
        ModbusFrame.Write(target, address, Function, (ushort)output, on ? On : Off);
}
