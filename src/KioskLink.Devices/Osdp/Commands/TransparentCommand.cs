namespace KioskLink.Devices.Osdp.Commands;

/// <summary>XWR: speaks through the reader with a smart card, mode, command and what it needs.</summary>
internal sealed class TransparentCommand(byte mode, byte command, ReadOnlyMemory<byte> content) : OsdpCommand(CommandId.Transparent)
{
    private const int HeaderSize = 2;

    public override int Size => HeaderSize + content.Length;

    public override int Write(Span<byte> data)
    {
        (data[0], data[1]) = (mode, command);
        content.Span.CopyTo(data[HeaderSize..]);
        return Size;
    }
}
