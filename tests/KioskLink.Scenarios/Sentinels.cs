using System.Text;
using System.Text.RegularExpressions;

namespace KioskLink.Scenarios;

/// <summary>Secrets made up for <see cref="PrivacyScenarios"/>, and the search for them in every form in which a program might let one slip.</summary>
internal static class Sentinels
{
    public const string ShortPin = "8317";
    public const string LongPin = "83178317";
    public const string WrongPin = "83170138";
    public const string BadPin = "8317831x";
    public const string KnownCard = "28317008317014";
    public const string OtherCard = "28317008317022";
    public const string UnknownCard = "28317008317030";
    public const string UnreadableCard = "28317008317049";
    public const string IdentityCode = "130171-9837";
    public const string OtherIdentityCode = "130171-9848";
    public const string BadIdentityCode = "130171-985A";

    private static readonly string[] All =
        [ShortPin, LongPin, WrongPin, BadPin, KnownCard, OtherCard, UnknownCard, UnreadableCard, IdentityCode, OtherIdentityCode, BadIdentityCode];

    /// <summary>Which of them a text holds. Four digits count only when no other digit or letter touches them.</summary>
    public static IEnumerable<string> In(string text) => All.Where(secret => secret == ShortPin
        ? Regex.IsMatch(text, $"(?<![0-9A-Za-z]){secret}(?![0-9A-Za-z])")
        : text.Contains(secret, StringComparison.OrdinalIgnoreCase));

    /// <summary>Which of them a file holds: as text, as UTF-16, in hexadecimal, in Base64, and card numbers as four bits a digit too.</summary>
    public static IEnumerable<string> In(byte[] content)
    {
        var text = Encoding.Latin1.GetString(content);
        var longer = All.Where(secret => secret != ShortPin);
        return In(text).Concat(longer.Where(secret => Forms(secret).Any(form => text.Contains(form, StringComparison.Ordinal)))).Distinct();
    }

    private static IEnumerable<string> Forms(string secret)
    {
        var bytes = Encoding.ASCII.GetBytes(secret);
        yield return Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(secret));
        yield return Convert.ToHexString(bytes);
        yield return Convert.ToHexStringLower(bytes);
        yield return Convert.ToBase64String(bytes).TrimEnd('=')[..^1];
        if (secret.Length >= KnownCard.Length && secret.All(char.IsAsciiDigit))
            yield return Encoding.Latin1.GetString(Convert.FromHexString(secret));
    }
}
