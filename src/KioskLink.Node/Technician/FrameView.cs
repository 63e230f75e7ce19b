using System.Globalization;
using KioskLink.Devices.Osdp;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Node.Technician;

/// <summary>A frame of a line as the page shows it.</summary>
/// <param name="Key">Its number in the trace.</param>
/// <param name="Time">When it went by, UTC.</param>
/// <param name="Way">`out` from the node, `in` from a device.</param>
/// <param name="Name">Its name in the standard.</param>
/// <param name="Bytes">Its bytes in hexadecimal.</param>
/// <param name="IsMasked">Whether something in it was replaced.</param>
public sealed record FrameView(int Key, string Time, string Way, string Name, string Bytes, bool IsMasked)
{
    /// <summary>Whether it is a poll or an answer to one that says nothing: they go by many times a second.</summary>
    internal static bool IsQuiet(WatchTraceResponse frame) => FrameSummary.Of(frame.Frame.Span).Name is "POLL" or "ACK";

    /// <summary>The view of a frame.</summary>
    internal static FrameView Of(int key, WatchTraceResponse frame)
    {
        var summary = FrameSummary.Of(frame.Frame.Span);
        var name = summary.IsWhole ? $"{summary.Address} {(summary.Name.Length > 0 ? summary.Name : $"0x{summary.Id:X2}")}" : "?";
        return new FrameView(
            key, frame.Time.ToDateTimeOffset().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture), frame.Sent ? "out" : "in", name,
            string.Join(' ', Convert.ToHexStringLower(frame.Frame.Span).Chunk(2).Select(pair => new string(pair))), frame.Masked);
    }
}
