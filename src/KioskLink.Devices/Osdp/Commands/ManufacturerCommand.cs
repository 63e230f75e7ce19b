namespace KioskLink.Devices.Osdp.Commands;

/// <summary>MFG: a maker's own command, three bytes of the maker's IEEE identifier and whatever the maker says follows.</summary>
internal sealed class ManufacturerCommand(int vendor, ReadOnlyMemory<byte> content) : OsdpCommand(CommandId.Manufacturer)
{
    private const int HeaderSize = 3;

    public override int Size => HeaderSize + content.Length;

    public override int Write(Span<byte> data)
    {
        (data[0], data[1], data[2]) = ((byte)(vendor >> 16), (byte)(vendor >> 8), (byte)vendor);
        content.Span.CopyTo(data[HeaderSize..]);
        return Size;
    }
}
