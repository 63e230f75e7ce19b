namespace KioskLink.Devices.Relays.Modbus;

/// <summary>Function 02: which discrete inputs are active. The board answers with a bit an input, the first in bit 0.</summary>
internal static class ReadInputs
{
    public const byte Function = 0x02;

    public static int Write(Span<byte> target, byte address, int inputs) => ModbusFrame.Write(target, address, Function, 0, (ushort)inputs);
}
