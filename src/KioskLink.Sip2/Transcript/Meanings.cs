using System.Globalization;
using System.Text.RegularExpressions;

namespace KioskLink.Sip2.Transcript;

/// <summary>What a value on the wire means, in words; empty where the value says it itself or means nothing.</summary>
internal static partial class Meanings
{
    public static string Plain(string value) => "";

    public static string YesNo(string value) => value switch { "Y" => "yes", "N" => "no", "U" => "unknown", _ => "" };

    public static string OneZero(string value) => value switch { "1" => "yes", "0" => "no", _ => "" };

    public static string Time(string value)
    {
        const int zoneStart = 8, zoneLength = 4;
        return WireTime.LocalIn(value) is { } time
            ? time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + (value[zoneStart + zoneLength - 1] == ' ' ? "" : $" {value.AsSpan(zoneStart, zoneLength).Trim()}")
            : "";
    }

    public static string Count(string value) => int.TryParse(value, CultureInfo.InvariantCulture, out var count) ? count.ToString(CultureInfo.InvariantCulture) : "";

    /// <summary>Tenths of a second; 999 is unknown.</summary>
    public static string Tenths(string value) => value == "999" ? "unknown" : int.TryParse(value, CultureInfo.InvariantCulture, out var tenths) ? $"{(tenths / 10m).ToString(CultureInfo.InvariantCulture)} s" : "";

    public static string Tries(string value) => value == "999" ? "unknown" : Count(value);

    public static string Named<T>(string value)
        where T : struct, Enum => int.TryParse(value, CultureInfo.InvariantCulture, out var number) && Enum.GetName((T)(object)number) is { } name ? Words(name) : "";

    public static string HoldMode(string value) => value switch { "+" => "place it", "-" => "cancel it", "*" => "change it", _ => "" };

    /// <summary>14 positions, Y where something is in the way.</summary>
    public static string Flags(string value) => Positions<PatronFlags>(value) is { Length: > 0 } flags ? flags : "nothing is in the way";

    /// <summary>10 positions, Y at the list that is asked for.</summary>
    public static string Summary(string value) => value.IndexOf('Y', StringComparison.Ordinal) is >= 0 and var position ? Words(((PatronList)(position + 1)).ToString()) : "counts alone";

    /// <summary>16 positions, Y for each message that is answered.</summary>
    public static string Supported(string value) => Positions<SupportedMessages>(value) is { Length: > 0 } messages ? messages : "none";

    private static string Positions<T>(string value)
        where T : struct, Enum =>
        string.Join(", ", value.Index().Where(at => at.Item == 'Y').Select(at => Enum.GetName((T)(object)(1 << at.Index))).OfType<string>().Select(Words));

    private static string Words(string name) => Capital().Replace(name, " ").ToLowerInvariant();

    [GeneratedRegex("(?<!^)(?=[A-Z])")]
    private static partial Regex Capital();
}
