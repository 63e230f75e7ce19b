using System.Globalization;
using KioskLink.Devices.Osdp;

namespace KioskLink.Cli.Devices;

/// <summary>How frames are shown to people.</summary>
internal static class FrameTexts
{
    /// <summary>One frame: time, which way, address, number in the session, name, bytes.</summary>
    public static string Line(DateTimeOffset at, FrameDirection direction, byte[] frame, bool masked)
    {
        var summary = FrameSummary.Of(frame);
        var what = summary.IsWhole
            ? $"{summary.Address,3} #{summary.Sequence} {(summary.Name.Length > 0 ? summary.Name : $"{summary.Id:X2}"),-12} {(summary.Secured ? "sc" : "  ")}"
            : "damaged                 ";
        var time = at.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        return $"{time} {(direction == FrameDirection.Sent ? "->" : "<-")} {what} {(masked ? "masked " : "")}{Convert.ToHexStringLower(frame)}";
    }
}
