using System.Buffers.Binary;

namespace KioskLink.Devices.Osdp.Replies;

/// <summary>PDID: who made the device, 12 bytes.</summary>
internal static class PdIdReply
{
    public static bool TryRead(ReadOnlySpan<byte> data, out DeviceIdentity identity)
    {
        identity = new();
        if (data.Length < 12)
            return false;
        identity = new(
            Vendor: (data[0] << 16) | (data[1] << 8) | data[2],
            Model: data[3],
            Version: data[4],
            Serial: BinaryPrimitives.ReadUInt32LittleEndian(data[5..]),
            Firmware: new Version(data[9], data[10], data[11]));
        return true;
    }
}
