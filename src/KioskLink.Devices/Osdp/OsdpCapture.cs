using System.Globalization;
using System.Text.Json;

namespace KioskLink.Devices.Osdp;

/// <summary>Writes a bus's frames as <c>.osdpcap</c>: one JSON object a line, the trace format of the OSDP conformance tools. Give its <c>Write</c> to a bus as its trace.</summary>
/// <param name="to">Where lines go; flushed and closed by its owner. Only the bus's thread writes.</param>
/// <param name="clock">Dates the frames.</param>
/// <param name="source">Which bus it was.</param>
public sealed class OsdpCapture(TextWriter to, TimeProvider clock, string source)
{
    /// <summary>A capture ends after so many frames, about half an hour of back-to-back polls at 38400 baud.</summary>
    public const int MostFrames = 1_000_000;

    private readonly string _source = JsonEncodedText.Encode(source).ToString();
    private int _frames;

    /// <summary>Adds a frame; frames over the limit are dropped.</summary>
    public void Write(FrameDirection direction, ReadOnlySpan<byte> frame, bool masked) => Write(clock.GetUtcNow(), direction, frame, masked);

    /// <summary>Adds a frame that went by at another time than now.</summary>
    public void Write(DateTimeOffset at, FrameDirection direction, ReadOnlySpan<byte> frame, bool masked)
    {
        if (_frames >= MostFrames)
            return;
        _frames++;
        var seconds = at.ToUnixTimeSeconds();
        var nanoseconds = at.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
        // In and out are seen from the panel.
        var io = direction == FrameDirection.Sent ? "out" : "in";
        to.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"timeSec":"{{seconds}}","timeNano":"{{nanoseconds:000000000}}","io":"{{io}}","data":"{{Hex(frame)}}","masked":{{(masked ? "true" : "false")}},"osdpTraceVersion":"1","osdpSource":"{{_source}}"}"""));
    }

    private static string Hex(ReadOnlySpan<byte> frame) => string.Join(' ', Convert.ToHexStringLower(frame).Chunk(2).Select(pair => new string(pair)));
}
