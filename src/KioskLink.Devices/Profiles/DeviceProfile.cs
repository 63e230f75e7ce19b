using System.Text.Json;
using System.Text.Json.Serialization;
using KioskLink.Devices.Readers;

namespace KioskLink.Devices.Profiles;

/// <summary>What is known of one model of device, from <c>profile.json</c> in its folder under <c>hardware/</c>.</summary>
public sealed record DeviceProfile
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The largest profile file, in bytes.</summary>
    public const int LargestFile = 64 * 1024;

    /// <summary>The model, as its folder is named.</summary>
    public required string Model { get; init; }

    /// <summary>Who makes it.</summary>
    public required string Maker { get; init; }

    /// <summary>How it speaks.</summary>
    public required DeviceProtocol Protocol { get; init; }

    /// <summary>The speeds it can be set to; the first is the one it is delivered with.</summary>
    public required IReadOnlyList<int> Bauds { get; init; }

    /// <summary>The protections it can do, strongest first; empty where the protocol has none.</summary>
    public IReadOnlyList<Osdp.SecureMode> Secure { get; init; } = [];

    /// <summary>It reads cards.</summary>
    public bool Reader { get; init; }

    /// <summary>It has keys.</summary>
    public bool Keypad { get; init; }

    /// <summary>Lights.</summary>
    public int Leds { get; init; }

    /// <summary>It has a buzzer.</summary>
    public bool Buzzer { get; init; }

    /// <summary>Rows and columns of its display; null for none.</summary>
    public DisplaySize? Display { get; init; }

    /// <summary>Relay outputs.</summary>
    public int Outputs { get; init; }

    /// <summary>Its outputs run the timer of an unlock themselves.</summary>
    public bool OutputsTimed { get; init; }

    /// <summary>Contact inputs.</summary>
    public int Inputs { get; init; }

    /// <summary>How raw bits spell a card number; null where it sends characters.</summary>
    public CardMapping? Cards { get; init; }

    /// <summary>Reads a profile file.</summary>
    /// <returns>The profile, or one sentence that says what is wrong with the file.</returns>
    public static (DeviceProfile? Profile, string? Problem) Load(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > LargestFile)
                return (null, $"{path} is larger than {LargestFile} bytes: it is no device profile.");
            var profile = JsonSerializer.Deserialize<DeviceProfile>(file, Format);
            return profile is null ? (null, $"{path} is empty: write a device profile.") : (profile, profile.Problem(path));
        }
        catch (JsonException wrong)
        {
            return (null, $"{path}, line {wrong.LineNumber + 1}: {wrong.Message}");
        }
        catch (IOException missing)
        {
            return (null, $"{path} cannot be read: {missing.Message}");
        }
    }

    private string? Problem(string path) =>
        Bauds.Count == 0 || !Bauds.All(Serial.SerialPort.Supports) ? $"{path}: \"bauds\" needs one or more of 9600, 19200, 38400, 57600, 115200, 230400." : null;
}

/// <summary>How a device speaks.</summary>
public enum DeviceProtocol
{
    /// <summary>SIA OSDP 2.2.</summary>
    Osdp,

    /// <summary>Lines of characters from a bar code scanner.</summary>
    Scanner,
}

/// <summary>The size of a display in characters.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
public sealed record DisplaySize(int Rows, int Columns);
