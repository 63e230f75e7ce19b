namespace KioskLink.Devices.Relays;

/// <summary>What the bytes received so far mean.</summary>
internal enum RelayReplyKind
{
    /// <summary>More must come.</summary>
    Incomplete,

    /// <summary>The board has done it.</summary>
    Done,

    /// <summary>The board refuses: it has no such relay, or does not know the request.</summary>
    Refused,

    /// <summary>No answer to this request: noise, another board, a wrong check field.</summary>
    Wrong,
}

/// <summary>A board's answer.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="States">The relays that are on, or the inputs that are active, the first in bit 0, where the answer tells them.</param>
internal readonly record struct RelayReply(RelayReplyKind Kind, uint? States = null)
{
    public static RelayReply Incomplete => new(RelayReplyKind.Incomplete);

    public static RelayReply Done => new(RelayReplyKind.Done);

    public static RelayReply Refused => new(RelayReplyKind.Refused);

    public static RelayReply Wrong => new(RelayReplyKind.Wrong);

    public static RelayReply Told(uint states) => new(RelayReplyKind.Done, states);
}
