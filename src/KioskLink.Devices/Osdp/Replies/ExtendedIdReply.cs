using System.Buffers.Binary;
using System.Text;

namespace KioskLink.Devices.Osdp.Replies;

/// <summary>Extended PDID (OSDP 2.2.2), once its parts are together: entries of tag, length and characters. Tags may repeat; unknown ones are let pass.</summary>
internal static class ExtendedIdReply
{
    /// <summary>More entries are not read.</summary>
    public const int MostEntries = 64;

    /// <summary>Longer texts are cut.</summary>
    public const int MostCharacters = 256;

    private const int HeaderSize = 3;

    /// <summary>False where the entries do not fill the data.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out DeviceDetails details)
    {
        details = new();
        var firmware = new List<string>();
        for (var entries = 0; data.Length > 0 && entries < MostEntries; entries++)
        {
            if (data.Length < HeaderSize || data.Length < HeaderSize + BinaryPrimitives.ReadUInt16LittleEndian(data[1..]))
                return false;
            var value = data.Slice(HeaderSize, BinaryPrimitives.ReadUInt16LittleEndian(data[1..]));
            var text = Encoding.UTF8.GetString(value[..Math.Min(value.Length, MostCharacters)]);
            if (data[0] == 3)
                firmware.Add(text);
            details = With(details, data[0], text);
            data = data[(HeaderSize + value.Length)..];
        }
        details = details with { Firmware = firmware };
        return true;
    }

    private static DeviceDetails With(DeviceDetails known, byte tag, string text) => tag switch
    {
        0 => known with { Manufacturer = text },
        1 => known with { Product = text },
        2 => known with { Serial = text },
        4 => known with { Hardware = text },
        5 => known with { Address = text },
        6 => known with { Configuration = text },
        _ => known,
    };
}
