using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KioskLink.Node.Hosting;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Node.Kiosk;

/// <summary>
/// The programs inside the kiosk that may call: device id, SHA-256 of the token and role of each, from a JSON object of device id to
/// <c>{ "sha256": 64 hexadecimal digits, "role": "door" | "self-check" | "pc-booking" }</c>. The tokens themselves are nowhere on this
/// machine but in those programs.
/// </summary>
internal sealed class DeviceTokens
{
    /// <summary>The most programs a kiosk may hold; each call compares with all of them.</summary>
    public const int Most = 64;

    private const string Form = "a JSON object of device id to { \"sha256\": the SHA-256 of its token in hexadecimal, \"role\": \"door\", \"self-check\" or \"pc-booking\" }";

    private readonly (KioskDevice Device, byte[] Hash)[] _tokens;

    private DeviceTokens(IEnumerable<(KioskDevice, byte[])> tokens) => _tokens = [.. tokens];

    /// <summary>No program may call.</summary>
    public static DeviceTokens None { get; } = new([]);

    /// <summary>Reads the file.</summary>
    /// <exception cref="StartProblem">It cannot be read or is not what it should be.</exception>
    public static DeviceTokens Read(string path)
    {
        try
        {
            var entries = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(File.ReadAllBytes(path)) ?? [];
            return entries.Count <= Most
                ? new DeviceTokens(entries.Select(entry => Read(path, entry.Key, entry.Value)).ToList())
                : throw new StartProblem($"The token file {path} names {entries.Count} devices: at most {Most} are possible.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartProblem($"The token file {path} cannot be read ({fault.Message}): name in \"deviceTokens\" {Form}, or leave the key out.");
        }
        catch (JsonException)
        {
            throw new StartProblem($"The token file {path} cannot be understood: it must be {Form}.");
        }
    }

    /// <summary>The device whose token an `authorization` value carries; null when it is none of ours. Takes the same time for every value.</summary>
    public KioskDevice? DeviceOf(string? authorization)
    {
        const string scheme = "Bearer ";
        if (authorization is null || !authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var presented = SHA256.HashData(Encoding.UTF8.GetBytes(authorization[scheme.Length..].Trim()));
        KioskDevice? found = null;
        foreach (var (device, hash) in _tokens)
            if (CryptographicOperations.FixedTimeEquals(hash, presented))
                found = device;
        return found;
    }

    private static (KioskDevice Device, byte[] Hash) Read(string path, string id, JsonElement entry)
    {
        var hash = entry.ValueKind == JsonValueKind.Object ? Text(entry, "sha256") : Text(entry);
        if (hash?.Length != 2 * SHA256.HashSizeInBytes || !hash.All(char.IsAsciiHexDigit))
            throw new StartProblem($"The token file {path}: what stands for {id} is no SHA-256: the file is {Form}.");
        return (new KioskDevice(id, RoleOf(path, id, entry)), Convert.FromHexString(hash));
    }

    // The digits alone were an entry once; a device that does not say what it is for might ask everything (R33).
    private static DeviceRole RoleOf(string path, string id, JsonElement entry) =>
        KioskDevice.Roles.TryGetValue(entry.ValueKind == JsonValueKind.Object ? Text(entry, "role") ?? "" : "", out var role)
            ? role
            : throw new StartProblem($"The token file {path}: the role of {id} must be one of {string.Join(", ", KioskDevice.Roles.Keys)}: the file is {Form}.");

    private static string? Text(JsonElement entry, string key) => entry.TryGetProperty(key, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
