using System.Buffers.Binary;

namespace KioskLink.Devices.Osdp.Commands;

/// <summary>GENAUTH and CRAUTH: one part of what a smart card is asked to sign, six bytes of where it belongs and the part.</summary>
internal sealed class MultiPartCommand(CommandId id, int total, int offset, ReadOnlyMemory<byte> part) : OsdpCommand(id)
{
    public const int HeaderSize = 6;

    public override int Size => HeaderSize + part.Length;

    /// <summary>Cuts what is to be sent into parts that fit a device's frames.</summary>
    public static IReadOnlyList<OsdpCommand> Cut(CommandId id, ReadOnlyMemory<byte> whole, int room)
    {
        var commands = new List<OsdpCommand>();
        for (var offset = 0; offset == 0 || offset < whole.Length; offset += room - HeaderSize)
            commands.Add(new MultiPartCommand(id, whole.Length, offset, whole[offset..Math.Min(whole.Length, offset + room - HeaderSize)]));
        return commands;
    }

    public override int Write(Span<byte> data)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(data, (ushort)total);
        BinaryPrimitives.WriteUInt16LittleEndian(data[2..], (ushort)offset);
        BinaryPrimitives.WriteUInt16LittleEndian(data[4..], (ushort)part.Length);
        part.Span.CopyTo(data[HeaderSize..]);
        return Size;
    }
}
