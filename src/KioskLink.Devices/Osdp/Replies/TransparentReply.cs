namespace KioskLink.Devices.Osdp.Replies;

/// <summary>XRD: what a smart card answers through the reader, mode, reply code and content.</summary>
internal readonly ref struct TransparentReply
{
    private const int HeaderSize = 2;

    public byte Mode { get; private init; }

    public byte Code { get; private init; }

    public ReadOnlySpan<byte> Content { get; private init; }

    public static bool TryRead(ReadOnlySpan<byte> data, out TransparentReply reply)
    {
        reply = default;
        if (data.Length < HeaderSize)
            return false;
        reply = new() { Mode = data[0], Code = data[1], Content = data[HeaderSize..] };
        return true;
    }
}
