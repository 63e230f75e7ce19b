namespace KioskLink.Devices.Relays.Modbus;

/// <summary>Function 05 on the registers from 0200: one relay on for so many tenths of a second, measured by the board ("flash on"). The board answers with the same bytes.</summary>
internal static class PulseCoil
{
    /// <summary>The longest pulse, in tenths of a second: the boards take 15 bits.</summary>
    public const int MostTenths = 0x7FFF;

    private const ushort FirstRegister = 0x0200;

    public static int Write(Span<byte> target, byte address, int output, int tenths) =>
        ModbusFrame.Write(target, address, WriteCoil.Function, (ushort)(FirstRegister + output), (ushort)Math.Clamp(tenths, 1, MostTenths));
}
