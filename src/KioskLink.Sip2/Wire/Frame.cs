namespace KioskLink.Sip2.Wire;

/// <summary>One message as bytes: its command, its body, and the tail of error detection. Valid as long as the bytes it was read from.</summary>
internal readonly ref struct Frame
{
    private const int CommandDigits = 2;

    private Frame(MessageCode code, ReadOnlySpan<byte> body, ReadOnlySpan<byte> sequence, FrameCheck check)
    {
        Code = code;
        Body = body;
        Sequence = sequence;
        Check = check;
    }

    /// <summary>The command's number; it need not be one that SIP2 knows.</summary>
    public MessageCode Code { get; }

    /// <summary>What stands between the command and the tail.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>The digits behind AY, as they stand; empty where there are none.</summary>
    public ReadOnlySpan<byte> Sequence { get; }

    public FrameCheck Check { get; }

    /// <summary>Reads a line without its terminator.</summary>
    public static FrameProblem Read(ReadOnlySpan<byte> line, WireLimits limits, out Frame frame)
    {
        frame = default;
        if (line.Length > limits.MessageBytes)
            return FrameProblem.TooLong;
        line = SkipJunk(line);
        if (line.IsEmpty)
            return FrameProblem.Empty;
        if (line.Length < CommandDigits || !char.IsAsciiDigit((char)line[0]) || !char.IsAsciiDigit((char)line[1]))
            return FrameProblem.NoCommand;
        var tail = FrameTail.Find(line);
        var end = tail.Check == FrameCheck.Absent ? line.Length : tail.Start;
        frame = new((MessageCode)((line[0] - '0') * 10 + line[1] - '0'), line[CommandDigits..end], tail.Sequence, tail.Check);
        return Measure(frame.Body, limits);
    }

    // Line feeds, blanks, NUL, a byte order mark or the negotiation of a terminal server may stand in front.
    private static ReadOnlySpan<byte> SkipJunk(ReadOnlySpan<byte> line)
    {
        var start = line.IndexOfAnyInRange((byte)0x21, (byte)0x7E);
        return start < 0 ? [] : line[start..];
    }

    private static FrameProblem Measure(ReadOnlySpan<byte> body, WireLimits limits)
    {
        var fields = 0;
        while (body.Length > 0)
        {
            var length = body.IndexOf(FieldSyntax.Delimiter);
            length = length < 0 ? body.Length : length;
            if (length > limits.FieldBytes)
                return FrameProblem.FieldTooLong;
            if (++fields > limits.Fields)
                return FrameProblem.TooManyFields;
            body = body[Math.Min(length + 1, body.Length)..];
        }
        return FrameProblem.None;
    }
}
