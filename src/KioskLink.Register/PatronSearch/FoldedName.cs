using System.Globalization;
using System.Text;
using KioskLink.Register.Requests;

namespace KioskLink.Register.PatronSearch;

/// <summary>
/// Names as they are searched: small letters without marks (`Mäkinen-Öhman` is `makinen ohman`), words parted by one blank. Pure.
/// </summary>
internal static class FoldedName
{
    /// <summary>Letters and digits that a search by name needs at least.</summary>
    public const int LettersMin = 2;

    /// <summary>Words of a search that are looked at.</summary>
    public const int WordsMax = 6;

    // Sorts after every letter and digit.
    private const string Last = "\U0010FFFF";

    /// <summary>The folded form of a name.</summary>
    public static string Of(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            if (char.IsLetterOrDigit(letter))
            {
                Append(folded, char.ToLowerInvariant(letter));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
                && letter is not ('\'' or '\u2019') && folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }

        return folded.ToString().TrimEnd();
    }

    /// <summary>The folded form of a search, which must be long enough.</summary>
    public static string Required(string text, string field)
    {
        var folded = Of(Field.Required(text, field));
        return folded.Length >= LettersMin ? folded : throw Field.Wrong(field, $"has fewer than {LettersMin} letters: give more of the name");
    }

    /// <summary>A text that sorts after everything that begins with a prefix.</summary>
    public static string After(string prefix) => prefix + Last;

    private static void Append(StringBuilder folded, char letter)
    {
        if (BaseLetters.Of(letter) is { } plain)
        {
            folded.Append(plain);
        }
        else
        {
            folded.Append(letter);
        }
    }
}
