using System.Globalization;
using KioskLink.Devices.Osdp;

namespace KioskLink.Cli.Devices;

/// <summary>How frames are shown to people.</summary>
internal static class FrameTexts
{
    /// <summary>Whether frames are OSDP, as those of nodes are that do not say.</summary>
    public static bool IsOsdp(string protocol) => protocol is "" or "osdp";

    /// <summary>One frame of a line of that protocol: time, which way, bytes; of OSDP also address, number in the session and name.</summary>
    public static string Line(string protocol, DateTimeOffset at, FrameDirection direction, byte[] frame, bool masked)
    {
        var summary = FrameSummary.Of(frame);
        var what = !IsOsdp(protocol) ? protocol : summary.IsWhole
            ? $"{summary.Address,3} #{summary.Sequence} {(summary.Name.Length > 0 ? summary.Name : $"{summary.Id:X2}"),-12} {(summary.Secured ? "sc" : "  ")}"
            : "damaged                 ";
        var time = at.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        return $"{time} {(direction == FrameDirection.Sent ? "->" : "<-")} {what} {(masked ? "masked " : "")}{Convert.ToHexStringLower(frame)}";
    }
}
