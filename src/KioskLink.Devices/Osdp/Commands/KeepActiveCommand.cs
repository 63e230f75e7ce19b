using System.Buffers.Binary;

namespace KioskLink.Devices.Osdp.Commands;

/// <summary>KEEPACTIVE: asks a reader to keep a smart card in its field powered for a time, two bytes of milliseconds.</summary>
internal sealed class KeepActiveCommand(TimeSpan time) : OsdpCommand(CommandId.KeepActive)
{
    public override int Write(Span<byte> data)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(data, (ushort)Math.Clamp(time.TotalMilliseconds, 0, ushort.MaxValue));
        return 2;
    }
}
