using System.Buffers.Binary;

namespace KioskLink.Devices.Osdp.Commands;

/// <summary>COMSET: gives a device a new address and speed, five bytes. The device answers at the old ones.</summary>
internal sealed class ComSetCommand(byte address, int baud) : OsdpCommand(CommandId.ComSet)
{
    public byte Address { get; } = address;

    public int Baud { get; } = baud;

    public override int Write(Span<byte> data)
    {
        data[0] = Address;
        BinaryPrimitives.WriteInt32LittleEndian(data[1..], Baud);
        return 5;
    }
}
