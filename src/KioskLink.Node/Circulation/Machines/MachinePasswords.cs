using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace KioskLink.Circulation.Machines;

/// <summary>Reads the file of the machines' passwords. What is kept of a password is its SHA-256.</summary>
internal static class MachinePasswords
{
    private const string HashMark = "sha256:";
    private const long SizeMax = 256 * 1024;
    private const string Form = "a JSON object, login to its password, or to sha256: and 64 hexadecimal digits";

    /// <summary>The SHA-256 of each login's password, and why there is none.</summary>
    public static (IReadOnlyDictionary<string, byte[]> ByLogin, string? Problem) Read(string path)
    {
        if (SecretFile.FindProblem(path) is { } rights)
            return (Nothing, $"The password file of \"sip2\" cannot be used: {rights}");
        try
        {
            return new FileInfo(path).Length > SizeMax ? (Nothing, $"The password file {path} is larger than {SizeMax / 1024} KiB: it must be {Form}.") : Parse(path);
        }
        catch (JsonException)
        {
            return (Nothing, $"The password file {path} cannot be understood: it must be {Form}.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return (Nothing, $"The password file {path} cannot be read: mend \"sip2.passwords\", or the file's rights.");
        }
    }

    private static Dictionary<string, byte[]> Nothing { get; } = [];

    private static (IReadOnlyDictionary<string, byte[]> ByLogin, string? Problem) Parse(string path)
    {
        var bytes = File.ReadAllBytes(path);
        try
        {
            var entries = JsonSerializer.Deserialize<Dictionary<string, string>>(bytes) ?? [];
            var hashes = entries.ToDictionary(entry => entry.Key, entry => HashOf(entry.Value));
            return hashes.FirstOrDefault(entry => entry.Value is null).Key is { } wrong
                ? (Nothing, $"The password file {path}: what stands for \"{wrong}\" is neither a password nor {HashMark} and 64 hexadecimal digits: mend it.")
                : (hashes.ToDictionary(entry => entry.Key, entry => entry.Value!), null);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static byte[]? HashOf(string? written)
    {
        if (string.IsNullOrWhiteSpace(written))
            return null;
        if (!written.StartsWith(HashMark, StringComparison.Ordinal))
            return SHA256.HashData(Encoding.UTF8.GetBytes(written));
        var digits = written[HashMark.Length..];
        return digits.Length == 2 * SHA256.HashSizeInBytes && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;
    }
}
