namespace KioskLink.Devices.Osdp.Replies;

/// <summary>KEYPPAD: keys pressed since the last poll: digits in ASCII, 7F for <c>*</c>, 0D for <c>#</c>.</summary>
internal readonly ref struct KeypadReply
{
    public const int HeaderSize = 2;

    public byte Reader { get; private init; }

    public ReadOnlySpan<byte> Keys { get; private init; }

    public static bool TryRead(ReadOnlySpan<byte> data, out KeypadReply keypad)
    {
        keypad = default;
        if (data.Length < HeaderSize || data[1] == 0 || data.Length < HeaderSize + data[1])
            return false;
        keypad = new() { Reader = data[0], Keys = data.Slice(HeaderSize, data[1]) };
        return true;
    }

    /// <summary>The character on the key, or 0 for a code that is none.</summary>
    public static char CharacterOf(byte key) => key switch
    {
        >= (byte)'0' and <= (byte)'9' => (char)key,
        0x7F or (byte)'*' => '*',
        0x0D or (byte)'#' => '#',
        _ => '\0',
    };
}
