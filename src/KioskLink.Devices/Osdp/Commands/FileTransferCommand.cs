using System.Buffers.Binary;

namespace KioskLink.Devices.Osdp.Commands;

/// <summary>FILETRANSFER: one fragment of a file, eleven bytes and the fragment. An empty fragment asks whether the device has finished.</summary>
internal sealed class FileTransferCommand(byte type, int total, int offset, ReadOnlyMemory<byte> fragment) : OsdpCommand(CommandId.FileTransfer)
{
    public const int HeaderSize = 11;

    public int FragmentLength => fragment.Length;

    public override int Size => HeaderSize + fragment.Length;

    public override int Write(Span<byte> data)
    {
        data[0] = type;
        BinaryPrimitives.WriteInt32LittleEndian(data[1..], total);
        BinaryPrimitives.WriteInt32LittleEndian(data[5..], offset);
        BinaryPrimitives.WriteUInt16LittleEndian(data[9..], (ushort)fragment.Length);
        fragment.Span.CopyTo(data[HeaderSize..]);
        return Size;
    }
}
