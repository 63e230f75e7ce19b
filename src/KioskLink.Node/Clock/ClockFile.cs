using System.Text.Json;
using KioskLink.Node.Hosting;
using NodaTime;

namespace KioskLink.Node.Clock;

/// <summary>What a node keeps of time.</summary>
/// <param name="Told">The last time that the register vouched for; null when it never did.</param>
/// <param name="Lived">The time that had passed for certain; null when it was never counted.</param>
internal sealed record KeptTime(ClockAnchor? Told, ClockAnchor? Lived)
{
    /// <summary>Nothing is kept.</summary>
    public static KeptTime Nothing { get; } = new(null, null);
}

/// <summary>`clock.json` in the data folder. A damaged file counts as none.</summary>
internal sealed class ClockFile(string path)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>What is kept.</summary>
    public KeptTime Read()
    {
        try
        {
            var stored = File.Exists(path) ? JsonSerializer.Deserialize<Stored>(File.ReadAllText(path), Json) : null;
            return new KeptTime(stored?.ToAnchor(), stored?.Lived?.ToAnchor());
        }
        catch (Exception damaged) when (damaged is JsonException or IOException)
        {
            return KeptTime.Nothing;
        }
    }

    /// <summary>Keeps it, whole or not at all; false when the disk does not take it, and then a restart will trust the clock less.</summary>
    public bool TryWrite(KeptTime kept)
    {
        try
        {
            DurableFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(Stored.Of(kept.Told, Stored.Of(kept.Lived)), Json));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The file's form: the time that the register told, and inside it the time lived through, in the same form.</summary>
    private sealed record Stored(string? BootId, long BootTimeMilliseconds, long UnixMilliseconds, Stored? Lived = null)
    {
        public static Stored Of(ClockAnchor? anchor, Stored? lived = null) => anchor is null
            ? new(null, 0, 0, lived)
            : new(anchor.BootId, (long)anchor.BootTime.TotalMilliseconds, anchor.Time.ToUnixTimeMilliseconds(), lived);

        public ClockAnchor? ToAnchor() =>
            BootId is null ? null : new(BootId, Duration.FromMilliseconds(BootTimeMilliseconds), Instant.FromUnixTimeMilliseconds(UnixMilliseconds));
    }
}
