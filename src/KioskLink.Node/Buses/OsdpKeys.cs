using System.Text.Json;
using KioskLink.Node.Hosting;

namespace KioskLink.Node.Buses;

/// <summary>The OSDP keys of a node's devices, read from a JSON object of device id to 32 hexadecimal digits. Never printed.</summary>
internal sealed class OsdpKeys
{
    /// <summary>The largest key file that is read, bytes.</summary>
    public const int LargestFile = 64 * 1024;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _keys;

    private OsdpKeys(Dictionary<string, ReadOnlyMemory<byte>> keys) => _keys = keys;

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

    /// <summary>The keys of a device, newest first; none when it has none.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Of(string deviceId) => _keys.TryGetValue(deviceId, out var key) ? [key] : [];

    private static ReadOnlyMemory<byte> Parse(string path, string deviceId, string digits)
    {
        const int keySize = 16;
        return digits.Length == 2 * keySize && digits.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(digits)
            : throw new StartProblem($"The key file {path}: the key of {deviceId} is not {2 * keySize} hexadecimal digits long: set it anew.");
    }
}
