using System.Globalization;
using System.Text.Json;

namespace KioskLink.Devices.Osdp;

/// <summary>A frame of an <c>.osdpcap</c> file.</summary>
/// <param name="At">When it went by.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Bytes">From 53 to its last check byte; a mark before it is left out.</param>
/// <param name="Masked">Something in it was replaced.</param>
public sealed record CapturedFrame(DateTimeOffset At, FrameDirection Direction, byte[] Bytes, bool Masked)
{
    /// <summary>The longest line that is read: a largest frame as text, and room for names.</summary>
    public const int LongestLine = 16 * 1024;

    private const byte Mark = 0xFF;

    /// <summary>Reads a line of a capture; null when it is none.</summary>
    public static CapturedFrame? Read(string line)
    {
        if (line.Length > LongestLine)
            return null;
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            var bytes = Convert.FromHexString((root.GetProperty("data").GetString() ?? "").Replace(" ", "", StringComparison.Ordinal));
            var direction = root.GetProperty("io").GetString() switch { "out" => FrameDirection.Sent, "in" => FrameDirection.Received, _ => (FrameDirection?)null };
            return direction is { } way && bytes.Length > 0
                ? new CapturedFrame(TimeOf(root), way, bytes[0] == Mark ? bytes[1..] : bytes, root.TryGetProperty("masked", out var masked) && masked.ValueKind == JsonValueKind.True)
                : null;
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>What the frame says of itself.</summary>
    public FrameSummary Summary => FrameSummary.Of(Bytes);

    // Other programs write these numbers as text or as numbers.
    private static DateTimeOffset TimeOf(JsonElement root) =>
        DateTimeOffset.FromUnixTimeSeconds(Number(root, "timeSec")).AddTicks(Number(root, "timeNano") / TimeSpan.NanosecondsPerTick);

    private static long Number(JsonElement root, string name) => root.GetProperty(name) is var value && value.ValueKind == JsonValueKind.Number
        ? value.GetInt64()
        : long.Parse(value.GetString() ?? "", NumberStyles.None, CultureInfo.InvariantCulture);
}
