namespace KioskLink.Sip2.Wire;

/// <summary>The end of a message with error detection: `AYnAZhhhh`, or `AZhhhh` alone behind 96 and 97. Found from the end, as no `|` need stand before it.</summary>
internal readonly ref struct FrameTail
{
    // One digit by SIP2; some clients count on.
    private const int SequenceDigits = 16;

    private static ReadOnlySpan<byte> SequenceId => "AY"u8;

    private static ReadOnlySpan<byte> ChecksumId => "AZ"u8;

    /// <summary>Where the body ends.</summary>
    public int Start { get; private init; }

    public ReadOnlySpan<byte> Sequence { get; private init; }

    public FrameCheck Check { get; private init; }

    public static FrameTail Find(ReadOnlySpan<byte> line)
    {
        var whole = line.TrimEnd(" \0\t|"u8);
        var digits = CountFromEnd(whole, char.IsAsciiHexDigit);
        // A checksum that begins with the letter A stands behind AZ, and Z is no hexadecimal digit: the count ends where it must.
        var letters = whole.Length - digits - ChecksumId.Length;
        if (digits is 0 or > Checksum.Digits || letters < 0 || !whole[letters..].StartsWith(ChecksumId))
            return default;
        var check = Checksum.Fits(whole[..(letters + ChecksumId.Length)], whole[^digits..]) ? FrameCheck.Right : FrameCheck.Wrong;
        var count = CountFromEnd(whole[..letters], char.IsAsciiDigit);
        var start = letters - count - SequenceId.Length;
        if (count is > 0 and <= SequenceDigits && start > 0 && whole[start..].StartsWith(SequenceId))
            return new() { Start = start, Sequence = whole[(letters - count)..letters], Check = check };
        // Without AY only the two bare messages have a check; elsewhere it is a field that happens to be called AZ.
        return letters == 2 ? new() { Start = letters, Check = check } : default;
    }

    private static int CountFromEnd(ReadOnlySpan<byte> bytes, Func<char, bool> isOne)
    {
        var count = 0;
        while (count < bytes.Length && isOne((char)bytes[^(count + 1)]))
            count++;
        return count;
    }
}
