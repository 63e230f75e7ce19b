using System.Text.RegularExpressions;

namespace KioskLink.Rules.Cards;

/// <summary>Card numbers as readers send them and as the register keeps them (domain facts 2.2). Pure and thread-safe.</summary>
public static class CardNumber
{
    /// <summary>The longest card number, in characters, after normalisation.</summary>
    public const int MaxLength = 32;

    private const int AimPrefixLength = 3;
    private const RegexOptions PatternOptions = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>
    /// Normalises what a reader sent (line ends, AIM identifier, Code 39 stars, Codabar start and stop letters, case) and looks
    /// for a format that it matches with a right check character.
    /// </summary>
    /// <returns>False when no format fits, or when it is too long or holds control characters.</returns>
    public static bool TryRead(string raw, IReadOnlyList<CardFormat> formats, out string number)
    {
        ArgumentNullException.ThrowIfNull(raw);
        ArgumentNullException.ThrowIfNull(formats);
        var text = raw.Trim('\r', '\n', '\t', ' ');
        var symbology = AimSymbology(text);
        text = (symbology is null ? text : text[AimPrefixLength..]).ToUpperInvariant();
        text = WithoutEnds(text, static c => c == '*');
        foreach (var candidate in Candidates(text, symbology))
        {
            if (IsPlain(candidate) && formats.Any(format => Fits(candidate, format)))
            {
                number = candidate;
                return true;
            }
        }

        number = "";
        return false;
    }

    /// <summary>What is wrong with the pattern of a profile's format and how to mend it, in one sentence that begins with it; null when nothing is.</summary>
    public static string? FindProblem(CardFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        try
        {
            _ = new Regex(Whole(format), PatternOptions);
            return null;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return $"\"{format.Pattern}\" is no regular expression that can be used here ({error.Message}): write one without look-around or back-references.";
        }
    }

    private static string Whole(CardFormat format) => $@"\A(?:{format.Pattern})\z";

    private static bool Fits(string number, CardFormat format) =>
        Regex.IsMatch(number, Whole(format), PatternOptions) && CheckDigit.IsValid(format.Check, number);

    private static bool IsPlain(string text) =>
        text.Length is > 0 and <= MaxLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static char? AimSymbology(string text) =>
        text.Length >= AimPrefixLength && text[0] == ']' && char.IsAsciiLetter(text[1]) && char.IsAsciiLetterOrDigit(text[2])
            ? text[1]
            : null;

    // A reader that names its symbology settles whether A..D are Codabar's frame; otherwise the formats do.
    private static IEnumerable<string> Candidates(string text, char? symbology)
    {
        if (symbology != 'F')
        {
            yield return text;
        }

        if (symbology is 'F' or null)
        {
            yield return WithoutEnds(text, static c => c is >= 'A' and <= 'D');
        }
    }

    private static string WithoutEnds(string text, Func<char, bool> isFrame) =>
        text.Length > 2 && isFrame(text[0]) && isFrame(text[^1]) ? text[1..^1] : text;
}
