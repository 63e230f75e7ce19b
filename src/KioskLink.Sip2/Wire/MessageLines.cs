using System.Buffers;

namespace KioskLink.Sip2.Wire;

/// <summary>Finds messages in what has come so far, in any lumps. CR and LF both end a message; empty ones, such as between CR and LF, are skipped.</summary>
internal static class MessageLines
{
    /// <summary>Takes the next whole message and moves the buffer behind it; false when none is whole yet.</summary>
    public static bool TryTake(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        var reader = new SequenceReader<byte>(buffer);
        while (reader.TryReadToAny(out line, "\r\n"u8))
        {
            buffer = reader.UnreadSequence;
            if (line.Length > 0)
                return true;
        }
        line = default;
        return false;
    }
}
