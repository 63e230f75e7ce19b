namespace KioskLink.Devices.Osdp.Replies;

/// <summary>LSTATR: the device's own tamper switch and supply, two bytes.</summary>
internal readonly record struct LocalStatusReply(bool Tamper, bool PowerFault)
{
    public static bool TryRead(ReadOnlySpan<byte> data, out LocalStatusReply status)
    {
        status = data.Length >= 2 ? new(data[0] != 0, data[1] != 0) : default;
        return data.Length >= 2;
    }
}
