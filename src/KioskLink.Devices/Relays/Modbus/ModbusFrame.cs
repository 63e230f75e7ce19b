using System.Buffers.Binary;

namespace KioskLink.Devices.Relays.Modbus;

/// <summary>What all requests of Modbus RTU have in common: address, function, two words, check field.</summary>
internal static class ModbusFrame
{
    /// <summary>The length of every request and echo but "write several coils".</summary>
    public const int Length = 8;

    public static int Write(Span<byte> target, byte address, byte function, ushort place, ushort value)
    {
        WriteHead(target, address, function, place, value);
        return ModbusCrc.Append(target, Length - ModbusCrc.Size);
    }

    public static void WriteHead(Span<byte> target, byte address, byte function, ushort place, ushort value)
    {
        (target[0], target[1]) = (address, function);
        BinaryPrimitives.WriteUInt16BigEndian(target[2..], place);
        BinaryPrimitives.WriteUInt16BigEndian(target[4..], value);
    }
}
