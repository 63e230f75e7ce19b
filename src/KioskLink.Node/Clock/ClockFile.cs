using System.Text.Json;
using KioskLink.Node.Hosting;
using NodaTime;

namespace KioskLink.Node.Clock;

/// <summary>`clock.json` in the data folder: the last anchor. A damaged file counts as none.</summary>
internal sealed class ClockFile(string path)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>What is kept; null when there is nothing to be believed.</summary>
    public ClockAnchor? Read()
    {
        try
        {
            var kept = File.Exists(path) ? JsonSerializer.Deserialize<Kept>(File.ReadAllText(path), Json) : null;
            return kept?.BootId is null ? null : kept.ToAnchor();
        }
        catch (Exception damaged) when (damaged is JsonException or IOException)
        {
            return null;
        }
    }

    /// <summary>Keeps an anchor, whole or not at all; false when the disk does not take it, and then a restart will not trust the clock.</summary>
    public bool TryWrite(ClockAnchor anchor)
    {
        try
        {
            DurableFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(Kept.Of(anchor), Json));
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The file's form.</summary>
    private sealed record Kept(string? BootId, long BootTimeMilliseconds, long UnixMilliseconds)
    {
        public static Kept Of(ClockAnchor anchor) =>
            new(anchor.BootId, (long)anchor.BootTime.TotalMilliseconds, anchor.Time.ToUnixTimeMilliseconds());

        public ClockAnchor ToAnchor() =>
            new(BootId!, Duration.FromMilliseconds(BootTimeMilliseconds), Instant.FromUnixTimeMilliseconds(UnixMilliseconds));
    }
}
