namespace KioskLink.Devices.Osdp.Replies;

/// <summary>FMT: a card the reader has already made characters of. Deprecated in OSDP 2.2, still sent by bar code and magnetic stripe readers.</summary>
internal readonly ref struct FormattedCardReply
{
    public const int HeaderSize = 3;

    public byte Reader { get; private init; }

    /// <summary>The characters in the order of a forward read.</summary>
    public ReadOnlySpan<byte> Characters { get; private init; }

    /// <summary>The card was drawn backwards: <see cref="Characters"/> are to be turned round.</summary>
    public bool Backwards { get; private init; }

    public static bool TryRead(ReadOnlySpan<byte> data, out FormattedCardReply card)
    {
        card = default;
        if (data.Length < HeaderSize || data[2] == 0 || data.Length < HeaderSize + data[2])
            return false;
        card = new() { Reader = data[0], Backwards = data[1] == 1, Characters = data.Slice(HeaderSize, data[2]) };
        return true;
    }
}
