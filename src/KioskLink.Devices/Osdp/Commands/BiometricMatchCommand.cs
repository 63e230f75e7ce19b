using System.Buffers.Binary;

namespace KioskLink.Devices.Osdp.Commands;

/// <summary>BIOMATCH: asks whether who is at the reader fits a template, six bytes and the template.</summary>
internal sealed class BiometricMatchCommand(byte reader, byte type, byte format, byte quality, ReadOnlyMemory<byte> template) : OsdpCommand(CommandId.BiometricMatch)
{
    private const int HeaderSize = 6;

    public override int Size => HeaderSize + template.Length;

    public override int Write(Span<byte> data)
    {
        (data[0], data[1], data[2], data[3]) = (reader, type, format, quality);
        BinaryPrimitives.WriteUInt16LittleEndian(data[4..], (ushort)template.Length);
        template.Span.CopyTo(data[HeaderSize..]);
        return Size;
    }
}
