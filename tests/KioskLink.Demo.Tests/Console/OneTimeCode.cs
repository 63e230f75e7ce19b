using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace KioskLink.Demo.Tests.Console;

/// <summary>The six digits of an authenticator app (RFC 6238, SHA-1, 30 s), so that a test signs in as a person does.</summary>
internal static class OneTimeCode
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;
    private const int Digits = 1_000_000;

    /// <summary>The code of a Base32 secret at a time.</summary>
    public static string At(string secret, DateTimeOffset now)
    {
        Span<byte> step = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(step, now.ToUnixTimeSeconds() / StepSeconds);
        // The algorithm is the apps', not a choice of ours.
        var mac = CryptographicOperations.HmacData(HashAlgorithmName.SHA1, Decode(secret), step);
        var value = BinaryPrimitives.ReadInt32BigEndian(mac.AsSpan(mac[^1] & 0xF)) & int.MaxValue;
        return (value % Digits).ToString("000000", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string secret)
    {
        var (bytes, buffer, bits) = (new List<byte>(), 0, 0);
        foreach (var letter in secret.Where(char.IsLetterOrDigit))
        {
            (buffer, bits) = ((buffer << 5) | Alphabet.IndexOf(letter, StringComparison.Ordinal), bits + 5);
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
            buffer &= (1 << bits) - 1;
        }

        return [.. bytes];
    }
}
