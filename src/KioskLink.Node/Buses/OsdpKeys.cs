using System.Security.Cryptography;
using System.Text.Json;
using KioskLink.Node.Hosting;

namespace KioskLink.Node.Buses;

/// <summary>
/// The OSDP keys of a node's devices: those of the configuration, a JSON object of device id to 32 hexadecimal digits, and those that the node itself has
/// given to devices. Never printed.
/// </summary>
internal sealed class OsdpKeys
{
    /// <summary>The largest key file that is read, bytes.</summary>
    public const int LargestFile = 64 * 1024;

    /// <summary>The length of a key in bytes.</summary>
    public const int KeySize = 16;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _keys;

    private OsdpKeys(Dictionary<string, ReadOnlyMemory<byte>> keys, DeviceKeyFile? given = null) => (_keys, Given) = (keys, given);

    /// <summary>The keys that the node gives to devices; null where it gives none.</summary>
    public DeviceKeyFile? Given { get; }

    /// <summary>No keys: for nodes whose devices all speak in clear.</summary>
    public static OsdpKeys None { get; } = new([]);

    /// <summary>Reads the file.</summary>
    /// <exception cref="StartProblem">It is missing, too large or not what it should be; the sentence names the device, never the key.</exception>
    public static OsdpKeys Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
                throw new StartProblem($"The key file {path} is larger than {LargestFile} bytes: it must be a JSON object of device id to key.");
            var digits = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(path)) ?? [];
            return new OsdpKeys(digits.ToDictionary(entry => entry.Key, entry => Parse(path, entry.Key, entry.Value)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartProblem($"The key file {path} cannot be read ({fault.Message}): name the file of the OSDP keys in \"keys\", readable by the node.");
        }
        catch (JsonException)
        {
            throw new StartProblem($"The key file {path} is no JSON object of device id to 32 hexadecimal digits: mend it or set the keys anew.");
        }
    }

    /// <summary>The same keys, and those that the node has given.</summary>
    public OsdpKeys With(DeviceKeyFile given) => new(_keys, given);

    /// <summary>
    /// The keys that a device may hold, newest first; none when it has none. A key of the configuration that the node has replaced counts no more; another
    /// one put in its place does, and goes before the node's.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Of(string deviceId)
    {
        var held = Given?.Of(deviceId);
        var keys = new List<ReadOnlyMemory<byte>>();
        if (held?.Next is { } next)
            keys.Add(next);
        if (_keys.TryGetValue(deviceId, out var configured) && held?.Replaces?.AsSpan().SequenceEqual(SHA256.HashData(configured.Span)) != true)
            keys.Add(configured);
        if (held?.Current is { } current)
            keys.Add(current);
        return keys;
    }

    /// <summary>SHA-256 of a device's key of the configuration; null when it has none there.</summary>
    public byte[]? ConfiguredHash(string deviceId) => _keys.TryGetValue(deviceId, out var key) ? SHA256.HashData(key.Span) : null;

    private static ReadOnlyMemory<byte> Parse(string path, string deviceId, string digits)
    {
        return digits.Length == 2 * KeySize && digits.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(digits)
            : throw new StartProblem($"The key file {path}: the key of {deviceId} is not {2 * KeySize} hexadecimal digits long: set it anew.");
    }
}
