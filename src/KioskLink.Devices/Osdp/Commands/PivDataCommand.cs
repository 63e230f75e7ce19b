using System.Buffers.Binary;

namespace KioskLink.Devices.Osdp.Commands;

/// <summary>PIVDATA: asks for an object on a PIV card, six bytes. The object comes in parts (PIVDATAR) to later polls.</summary>
internal sealed class PivDataCommand(int objectId, byte element, ushort offset) : OsdpCommand(CommandId.PivData)
{
    public override int Write(Span<byte> data)
    {
        (data[0], data[1], data[2], data[3]) = ((byte)(objectId >> 16), (byte)(objectId >> 8), (byte)objectId, element);
        BinaryPrimitives.WriteUInt16LittleEndian(data[4..], offset);
        return 6;
    }
}
