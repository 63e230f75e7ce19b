using System.Security.Cryptography;
using System.Text;

namespace KioskLink.Rules.Cards;

/// <summary>
/// The token that stands for a number where the number must not be: HMAC-SHA256(key, consortium ‖ 0 ‖ number), 16 bytes, under k_card
/// for a library card and under k_badge for a badge.
/// The zero byte keeps two pairs of consortium and number from running into each other. Pure and thread-safe.
/// </summary>
public static class CardToken
{
    /// <summary>Length of a token in bytes.</summary>
    public const int Length = 16;

    /// <summary>The token of a normalised number (<see cref="CardNumber.TryRead"/>) under a key.</summary>
    public static byte[] Of(ReadOnlySpan<byte> key, string consortium, string number)
    {
        ArgumentNullException.ThrowIfNull(consortium);
        ArgumentNullException.ThrowIfNull(number);
        var text = Encoding.UTF8.GetBytes($"{consortium}\0{number}");
        return HMACSHA256.HashData(key, text)[..Length];
    }
}
