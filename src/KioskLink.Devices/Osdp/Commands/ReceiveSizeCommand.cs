using System.Buffers.Binary;

namespace KioskLink.Devices.Osdp.Commands;

/// <summary>ACURXSIZE: tells a device how large a frame the panel takes, two bytes.</summary>
internal sealed class ReceiveSizeCommand(ushort size) : OsdpCommand(CommandId.ReceiveSize)
{
    /// <summary>What this panel takes.</summary>
    public static readonly ReceiveSizeCommand Ours = new(FrameLayout.Largest);

    public override int Write(Span<byte> data)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(data, size);
        return 2;
    }
}
