using System.Text.RegularExpressions;

namespace KioskLink.Cli.Output;

/// <summary>What a person typed, as an error may repeat it: an error lands in logs, and a word in the wrong place may be a card number or identity code.</summary>
internal static partial class Typed
{
    /// <summary>The text with identity codes and longer rows of digits blotted out.</summary>
    public static string Shown(string text) => Secret().Replace(text, secret => new string('*', secret.Length));

    [GeneratedRegex("""\d{6}[-+A-Za-z]\d{3}[0-9A-Za-z]|\d{6,}""")]
    private static partial Regex Secret();
}
