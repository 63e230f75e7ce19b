using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KioskLink.Node.Hosting;

namespace KioskLink.Node.Kiosk;

/// <summary>
/// The programs inside the kiosk that may call: device id and SHA-256 of the token of each, from a JSON object of device id to 64 hexadecimal
/// digits. The tokens themselves are nowhere on this machine but in those programs.
/// </summary>
internal sealed class DeviceTokens
{
    /// <summary>The most programs a kiosk may hold; each call compares with all of them.</summary>
    public const int Most = 64;

    private readonly (string DeviceId, byte[] Hash)[] _tokens;

    private DeviceTokens(IEnumerable<(string, byte[])> tokens) => _tokens = [.. tokens];

    /// <summary>No program may call.</summary>
    public static DeviceTokens None { get; } = new([]);

    /// <summary>Reads the file.</summary>
    /// <exception cref="StartProblem">It cannot be read or is not what it should be.</exception>
    public static DeviceTokens Read(string path)
    {
        const string form = "a JSON object of device id to the SHA-256 of its token in hexadecimal";
        try
        {
            var hashes = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(path)) ?? [];
            if (hashes.Count > Most)
                throw new StartProblem($"The token file {path} names {hashes.Count} devices: at most {Most} are possible.");
            if (hashes.FirstOrDefault(entry => entry.Value?.Length != 2 * SHA256.HashSizeInBytes || !entry.Value.All(char.IsAsciiHexDigit)).Key is { } wrong)
                throw new StartProblem($"The token file {path}: what stands for {wrong} is no SHA-256: the file is {form}.");
            return new DeviceTokens(hashes.Select(entry => (entry.Key, Convert.FromHexString(entry.Value))));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartProblem($"The token file {path} cannot be read ({fault.Message}): name in \"deviceTokens\" {form}, or leave the key out.");
        }
        catch (JsonException)
        {
            throw new StartProblem($"The token file {path} cannot be understood: it must be {form}.");
        }
    }

    /// <summary>The device whose token an `authorization` value carries; null when it is none of ours. Takes the same time for every value.</summary>
    public string? DeviceOf(string? authorization)
    {
        const string scheme = "Bearer ";
        if (authorization is null || !authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var presented = SHA256.HashData(Encoding.UTF8.GetBytes(authorization[scheme.Length..].Trim()));
        string? device = null;
        foreach (var (deviceId, hash) in _tokens)
            if (CryptographicOperations.FixedTimeEquals(hash, presented))
                device = deviceId;
        return device;
    }
}
