namespace KioskLink.Devices.Osdp.Replies;

/// <summary>MFGREP: a maker's own reply, three bytes of the maker's IEEE identifier and whatever the maker says follows.</summary>
internal readonly ref struct ManufacturerReply
{
    private const int HeaderSize = 3;

    public int Vendor { get; private init; }

    public ReadOnlySpan<byte> Content { get; private init; }

    public static bool TryRead(ReadOnlySpan<byte> data, out ManufacturerReply reply)
    {
        reply = default;
        if (data.Length < HeaderSize)
            return false;
        reply = new() { Vendor = (data[0] << 16) | (data[1] << 8) | data[2], Content = data[HeaderSize..] };
        return true;
    }
}
