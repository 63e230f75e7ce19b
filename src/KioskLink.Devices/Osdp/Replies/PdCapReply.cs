using System.Buffers.Binary;

namespace KioskLink.Devices.Osdp.Replies;

/// <summary>PDCAP: what the device can do, three bytes per function; unknown functions are let pass.</summary>
internal static class PdCapReply
{
    private const int RecordSize = 3;

    public static bool TryRead(ReadOnlySpan<byte> data, out DeviceCapabilities capabilities)
    {
        capabilities = new();
        if (data.Length == 0 || data.Length % RecordSize != 0)
            return false;
        for (var at = 0; at < data.Length; at += RecordSize)
            capabilities = With(capabilities, data[at], data[at + 1], data[at + 2], BinaryPrimitives.ReadUInt16LittleEndian(data[(at + 1)..]));
        return true;
    }

    private static DeviceCapabilities With(DeviceCapabilities known, byte function, byte level, byte count, ushort size) => function switch
    {
        1 => known with { Inputs = count },
        // Levels 1 and 2 only switch; 3 and 4 also run the timer of the timed codes.
        2 => known with { Outputs = count, OutputsTimed = level >= 3 },
        3 => known with { Cards = level > 0 },
        4 => known with { Leds = count, LedColours = level },
        5 => known with { Buzzer = level > 0 },
        6 => known with { Displays = count },
        8 => known with { Crc = (level & 1) != 0 },
        9 => known with { SecureChannel = (level & 1) != 0, HoldsDefaultKey = (count & 1) != 0 },
        10 => known with { ReceiveSize = size },
        13 => known with { Readers = count },
        16 => known with { OsdpVersion = level },
        _ => known,
    };
}
