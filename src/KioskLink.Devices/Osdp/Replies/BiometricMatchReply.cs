namespace KioskLink.Devices.Osdp.Replies;

/// <summary>BIOMATCHR: how well who is at the reader fits a template, three bytes. A status of 0 means that a score was found.</summary>
internal readonly record struct BiometricMatchReply(byte Reader, byte Status, byte Score)
{
    public static bool TryRead(ReadOnlySpan<byte> data, out BiometricMatchReply reply)
    {
        reply = data.Length >= 3 ? new(data[0], data[1], data[2]) : default;
        return data.Length >= 3;
    }
}
