using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace KioskLink.Cli;

/// <summary>An authenticator app (RFC 6238), written for tests from the standard.</summary>
internal static class OneTimeCode
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Of(string base32, DateTimeOffset now)
    {
        var bits = string.Concat(base32.Select(letter => Convert.ToString(Letters.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(at => Convert.ToByte(bits.Substring(at * 8, 8), 2)).ToArray();
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, now.ToUnixTimeSeconds() / 30);
        var hash = CryptographicOperations.HmacData(HashAlgorithmName.SHA1, secret, counter);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
