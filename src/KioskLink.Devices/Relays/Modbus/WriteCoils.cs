namespace KioskLink.Devices.Relays.Modbus;

/// <summary>Function 0F: all relays at once, a bit each, the first in bit 0. The board answers with the first six bytes.</summary>
internal static class WriteCoils
{
    public const byte Function = 0x0F;
    private const int HeadLength = 7, CountAt = 6;

    public static int Write(Span<byte> target, byte address, int outputs, uint states)
    {
        ModbusFrame.WriteHead(target, address, Function, 0, (ushort)outputs);
        var bytes = (outputs + 7) / 8;
        target[CountAt] = (byte)bytes;
        for (var at = 0; at < bytes; at++)
            target[HeadLength + at] = (byte)(states >> (8 * at));
        return ModbusCrc.Append(target, HeadLength + bytes);
    }
}
