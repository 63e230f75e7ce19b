using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace KioskLink.Register.Staff;

/// <summary>
/// What makes a device known for an account: 32 random bytes that the device alone keeps. The register keeps their hash, so that
/// neither its database nor a guess gives a known device.
/// </summary>
internal static class DeviceKey
{
    private const int KeyBytes = 32;
    private const int TextLength = 43;
    private const int PlaceBytes = 8;

    /// <summary>A new key, safe in a cookie.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>The hash of a key; null for a text that can be none.</summary>
    public static byte[]? HashOf(string key) => key.Length == TextLength ? SHA256.HashData(Encoding.UTF8.GetBytes(key)) : null;

    /// <summary>How failures name a known device.</summary>
    public static string PlaceOf(byte[] hash) => $"device {Convert.ToHexStringLower(hash.AsSpan(0, PlaceBytes))}";
}
