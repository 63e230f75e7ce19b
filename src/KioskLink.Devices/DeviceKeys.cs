using System.Security.Cryptography;

namespace KioskLink.Devices;

/// <summary>Keys of devices.</summary>
public static class DeviceKeys
{
    private const int IdBytes = 8;

    /// <summary>A name for a key by which it can be told from others and not be found: 64 bits of its SHA-256. Keys are random, so it gives nothing away.</summary>
    public static string IdOf(ReadOnlySpan<byte> key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key, hash);
        return Convert.ToHexStringLower(hash[..IdBytes]);
    }
}
