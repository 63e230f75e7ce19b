using KioskLink.Devices.Osdp;

namespace KioskLink.Devices.Tests.Codec;

/// <summary>A recorded conversation between two foreign OSDP stacks: the frames as they went over the line.</summary>
internal static class Capture
{
    public static List<(FrameDirection Direction, byte[] Bytes)> Load(string name) =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Captures", name))
            .Select(line => line.Split(' '))
            .Where(parts => parts.Length >= 3 && parts[1] is "TX" or "RX")
            .Select(parts => (parts[1] == "TX" ? FrameDirection.Sent : FrameDirection.Received, Convert.FromHexString(parts[2]))),
    ];

    public static Frame Parse(byte[] bytes)
    {
        Assert.True(Frame.TryParse(bytes, out var frame), Convert.ToHexString(bytes));
        return frame;
    }
}
