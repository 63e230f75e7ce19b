using System.Buffers.Binary;

namespace KioskLink.Devices.Osdp.Replies;

/// <summary>COM: the address and speed the device takes next, five bytes.</summary>
internal readonly record struct ComReply(byte Address, int Baud)
{
    public static bool TryRead(ReadOnlySpan<byte> data, out ComReply com)
    {
        com = data.Length >= 5 ? new(data[0], BinaryPrimitives.ReadInt32LittleEndian(data[1..])) : default;
        return data.Length >= 5;
    }
}
