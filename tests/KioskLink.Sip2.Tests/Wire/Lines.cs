using System.Text;
using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2.Tests.Wire;

/// <summary>Messages as people write them down, read and written by the codec.</summary>
internal static class Lines
{
    private static readonly WireLimits Limits = new();

    public static IEnumerable<(string Name, string Line)> Vectors =>
        from line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Vectors", "sip2-vectors.tsv"))
        let parts = line.Split('\t')
        select (parts[0], parts[1]);

    /// <summary>Reads a message of either side.</summary>
    public static Sip2Message? Read(ReadOnlySpan<byte> line, TextEncoding encoding = TextEncoding.Utf8) =>
        Frame.Read(line, Limits, out var frame) != FrameProblem.None ? null
            : (Sip2Message?)MessageCodec.ReadRequest(frame, encoding) ?? MessageCodec.ReadResponse(frame, encoding);

    public static T Read<T>(string line, TextEncoding encoding = TextEncoding.Utf8)
        where T : Sip2Message => Assert.IsType<T>(Read(Encoding.Latin1.GetBytes(line), encoding));

    /// <summary>Writes a message without error detection and terminator.</summary>
    public static string Write(Sip2Message message, TextEncoding encoding = TextEncoding.Utf8) =>
        Encoding.Latin1.GetString(MessageWriter.Write(message, new WireStyle(encoding), [], withCheck: false).AsSpan()[..^1]);

    /// <summary>Reads a message and writes it again with the tail it had.</summary>
    public static byte[] Again(ReadOnlySpan<byte> line, WireStyle style)
    {
        Assert.Equal(FrameProblem.None, Frame.Read(line, Limits, out var frame));
        var message = (Sip2Message?)MessageCodec.ReadRequest(frame, style.Encoding) ?? MessageCodec.ReadResponse(frame, style.Encoding);
        return MessageWriter.Write(message!, style, frame.Sequence, frame.Check != FrameCheck.Absent);
    }
}
