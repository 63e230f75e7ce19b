using System.Text;

namespace KioskLink.Tidy.Reading;

/// <summary>
/// C# source with everything that is not code turned to spaces: comments, preprocessor lines, strings of every kind, characters.
/// Line breaks stay, so that positions and line numbers are those of the source.
/// </summary>
internal sealed class CSharpText
{
    private const int RawQuotes = 3;
    private readonly string _source;
    private readonly StringBuilder _code;
    private int _at;

    private CSharpText(string source)
    {
        _source = source;
        _code = new StringBuilder(source);
    }

    /// <summary>The code alone.</summary>
    public static string CodeOf(string source)
    {
        var text = new CSharpText(source);
        text.SkipCode(until: '\0');
        return text._code.ToString();
    }

    private char Here => Ahead(0);

    private char Ahead(int by) => _at + by < _source.Length ? _source[_at + by] : '\0';

    /// <summary>Passes code up to the brace that closes an interpolation hole, or to the end.</summary>
    private void SkipCode(char until)
    {
        var depth = 0;
        while (_at < _source.Length && !(Here == until && depth == 0))
        {
            depth += Here switch { '{' => 1, '}' => -1, _ => 0 };
            if (!SkipWhatIsNoCode())
                _at++;
        }
    }

    private bool SkipWhatIsNoCode()
    {
        var start = _at;
        if (Here == '/' && Ahead(1) == '/' || Here == '#' && IsFirstOfItsLine())
            SkipTo("\n", including: false);
        else if (Here == '/' && Ahead(1) == '*')
            SkipTo("*/", including: true);
        else if (Here == '\'')
            SkipCharacter();
        else if (PrefixOfString() is { } prefix)
            SkipString(prefix);
        else
            return false;
        Blank(start, _at);
        return true;
    }

    private bool IsFirstOfItsLine()
    {
        var before = _at - 1;
        while (before >= 0 && _source[before] is ' ' or '\t')
            before--;
        return before < 0 || _source[before] == '\n';
    }

    private void SkipTo(string end, bool including)
    {
        var found = _source.IndexOf(end, _at, StringComparison.Ordinal);
        _at = found < 0 ? _source.Length : found + (including ? end.Length : 0);
    }

    private void SkipCharacter()
    {
        _at++;
        while (_at < _source.Length && Here != '\'')
            _at += Here == '\\' ? 2 : 1;
        _at++;
    }

    /// <summary>The dollars and at-signs before a quote; null where no string begins.</summary>
    private string? PrefixOfString()
    {
        var length = 0;
        while (Ahead(length) is '$' or '@')
            length++;
        return Ahead(length) == '"' ? _source.Substring(_at, length) : null;
    }

    private void SkipString(string prefix)
    {
        _at += prefix.Length;
        var quotes = 0;
        while (Ahead(quotes) == '"')
            quotes++;
        if (quotes >= RawQuotes)
            SkipRaw(quotes);
        else
            SkipQuoted(verbatim: prefix.Contains('@'), interpolated: prefix.Contains('$'));
    }

    private void SkipRaw(int quotes)
    {
        _at += quotes;
        SkipTo(new string('"', quotes), including: true);
        while (Here == '"')
            _at++;
    }

    private void SkipQuoted(bool verbatim, bool interpolated)
    {
        _at++;
        while (_at < _source.Length && !(Here == '"' && !(verbatim && Ahead(1) == '"')))
        {
            var isPair = verbatim ? Here == '"' : Here == '\\';
            if (isPair || interpolated && Here == '{' && Ahead(1) == '{')
                _at += 2;
            else if (interpolated && Here == '{')
                SkipHole();
            else
                _at++;
        }

        _at++;
    }

    private void SkipHole()
    {
        _at++;
        SkipCode(until: '}');
        _at++;
    }

    private void Blank(int from, int to)
    {
        for (var i = from; i < Math.Min(to, _source.Length); i++)
        {
            if (_source[i] != '\n')
                _code[i] = ' ';
        }
    }
}
