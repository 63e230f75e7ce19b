using System.Security.Cryptography;

namespace KioskLink.Sip2.Server;

/// <summary>Digests of requests, and of cards with PINs, under a key that lives as long as the process: memory holds no PIN that could be guessed from them.</summary>
/// <param name="key">32 random bytes.</param>
internal sealed class SessionDigest(byte[] key)
{
    private const int LongestStack = 512;

    public static SessionDigest Random() => new(RandomNumberGenerator.GetBytes(32));

    public byte[] OfMessage(ReadOnlySpan<byte> message) => HMACSHA256.HashData(key, message);

    public byte[] OfPin(string card, Secret pin)
    {
        var length = card.Length * sizeof(char) + 1 + pin.Utf8.Length;
        Span<byte> both = length <= LongestStack ? stackalloc byte[length] : new byte[length];
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(card.AsSpan()).CopyTo(both);
        // A byte that no text has keeps `12` + `345` apart from `123` + `45`.
        both[card.Length * sizeof(char)] = 0xFF;
        pin.Utf8.CopyTo(both[(card.Length * sizeof(char) + 1)..]);
        var digest = HMACSHA256.HashData(key, both);
        CryptographicOperations.ZeroMemory(both);
        return digest;
    }
}
