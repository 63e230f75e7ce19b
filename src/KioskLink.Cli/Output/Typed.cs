using System.Text.RegularExpressions;
using KioskLink.Rules.Identity;

namespace KioskLink.Cli.Output;

/// <summary>What a person typed, as an error may repeat it: an error lands in logs, and a word in the wrong place may be a card number or identity code.</summary>
internal static partial class Typed
{
    /// <summary>The text with identity codes and longer rows of digits blotted out.</summary>
    public static string Shown(string text) => Secret().Replace(text, secret => new string('*', secret.Length));

    /// <summary>Whether a text holds an identity code, in whatever company.</summary>
    public static bool HoldsIdentityCode(string text) => Code().Matches(text).Any(match => IdentityCode.TryParse(match.Value, out _));

    [GeneratedRegex("""(?<!\d)\d{6}[-+A-FU-Ya-fu-y]\d{3}[0-9A-Za-z]""")]
    private static partial Regex Code();

    [GeneratedRegex("""\d{6}[-+A-Za-z]\d{3}[0-9A-Za-z]|\d{6,}""")]
    private static partial Regex Secret();
}
