using System.Collections.Frozen;
using System.Text;

namespace KioskLink.Node.Entrances;

/// <summary>Makes texts fit a display: only characters that it has, and no more than it shows.</summary>
internal static class DisplayFolding
{
    /// <summary>The most characters a text command carries to any display.</summary>
    public const int MostCharacters = 90;

    private const char LastLatin1 = '\u00FF';
    private const char LastAscii = '~';

    // Of the letters of Finnish, Swedish and neighbouring names. The runtime's own tables are not there under invariant globalization.
    private static readonly FrozenDictionary<char, char> Bare =
        "åäáàâãæÅÄÁÀÂöóòôõøÖÓØéèêëÉÈüúùûÜÚšŠžŽčČñÑçÇíìîï"
            .Zip("aaaaaaaAAAAAooooooOOOeeeeEEuuuuUUsSzZcCnNcCiiii")
            .ToFrozenDictionary(pair => pair.First, pair => pair.Second);

    /// <summary>Folds a text to a display.</summary>
    /// <param name="text">The text.</param>
    /// <param name="characters">How many characters the display shows.</param>
    /// <param name="latin1">Whether it has the characters of ISO 8859-1; otherwise only ASCII, and å, ä, ö lose their marks.</param>
    public static string Fold(string text, int characters, bool latin1)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in Plain(text).EnumerateRunes())
            folded.Append(FoldRune(rune, latin1 ? LastLatin1 : LastAscii));
        return Cut(folded.ToString(), Math.Min(characters, MostCharacters));
    }

    // Typographic signs that have a plain twin.
    private static string Plain(string text) =>
        text.Replace('–', '-').Replace('—', '-').Replace('’', '\'').Replace('”', '"').Replace('“', '"').Replace('\u00A0', ' ').Replace("…", "...", StringComparison.Ordinal);

    private static string FoldRune(Rune rune, char last)
    {
        if (rune.Value <= last && !Rune.IsControl(rune))
            return rune.ToString();
        return rune.IsBmp && Bare.TryGetValue((char)rune.Value, out var bare) ? bare.ToString() : " ";
    }

    private static string Cut(string text, int characters)
    {
        if (text.Length <= characters)
            return text;
        var space = text.LastIndexOf(' ', characters);
        return (space > 0 ? text[..space] : text[..characters]).TrimEnd(' ', ',', '.', ';', ':');
    }
}
