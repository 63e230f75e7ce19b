using System.Text.RegularExpressions;

namespace KioskLink.Tidy.Reading;

/// <summary>A type or member and where it stands; attributes and comments before it are not counted.</summary>
/// <param name="Header">Its declaration up to the body, on one line.</param>
/// <param name="IsType">Whether it is a type, else a member with code in it.</param>
/// <param name="Line">Its first line, from 1.</param>
/// <param name="Lines">How many lines it takes.</param>
internal sealed record Declaration(string Header, bool IsType, int Line, int Lines)
{
    /// <summary>Whether a line of the file belongs to it.</summary>
    public bool Holds(int line) => line >= Line && line < Line + Lines;
}

/// <summary>
/// Finds types and members in C# by braces, semicolons and keywords. Fields and enum members have no code and are left out;
/// the top-level statements of a program count as one member.
/// </summary>
internal sealed partial class Declarations
{
    private readonly string _code;
    private readonly List<Declaration> _found = [];
    private int _at;

    private Declarations(string source) => _code = CSharpText.CodeOf(source);

    /// <summary>Every declaration of a file in order of its end.</summary>
    public static IReadOnlyList<Declaration> In(string source)
    {
        var scan = new Declarations(source);
        scan.ReadNamespace();
        return scan._found;
    }

    private void ReadNamespace()
    {
        (int From, int To)? statements = null;
        while (NextMember() is { } start)
        {
            if (ReadMember(start, isStatement: true) is { } end)
                statements = (statements?.From ?? start, end);
            if (_at < _code.Length && _code[_at] == '}')
                break;
        }

        if (statements is { } all)
            Add("top-level statements", isType: false, all.From, all.To);
    }

    private void ReadType()
    {
        while (NextMember() is { } start)
            ReadMember(start, isStatement: false);
        _at++;
    }

    /// <summary>Where the next member begins, past blanks and attributes; null at the closing brace or the end.</summary>
    private int? NextMember()
    {
        while (_at < _code.Length && _code[_at] != '}')
        {
            if (_code[_at] == '[')
                SkipNested();
            else if (char.IsWhiteSpace(_code[_at]) || _code[_at] == ';')
                _at++;
            else
                return _at;
        }

        return null;
    }

    /// <summary>Reads one member and returns its end when it is a top-level statement.</summary>
    private int? ReadMember(int start, bool isStatement)
    {
        var headerEnd = SkipTo('{', ';', '=');
        var header = _code[start..headerEnd];
        if (TypeHeader().IsMatch(Constraint().Replace(header, "")))
            return ReadTypeBody(header, start);
        var hasCode = IsAt('{') || IsAt('=') && _code[_at + 1] == '>' || Operator().IsMatch(header);
        if (IsAt('{'))
            SkipNested();
        else
            SkipTo(';');
        if (IsAt(';'))
            _at++;
        if (isStatement)
            return Directive().IsMatch(header) ? null : _at - 1;
        if (hasCode)
            Add(header, isType: false, start, _at - 1);
        return null;
    }

    private int? ReadTypeBody(string header, int start)
    {
        if (NamespaceHeader().IsMatch(header))
        {
            _at++;
            ReadNamespace();
            _at++;
            return null;
        }

        if (IsAt('{') && EnumHeader().IsMatch(header))
        {
            SkipNested();
        }
        else if (_at++ < _code.Length && _code[_at - 1] == '{')
        {
            ReadType();
        }

        Add(header, isType: true, start, _at - 1);
        return null;
    }

    /// <summary>Moves to the first of some characters outside brackets and braces, and returns where that is.</summary>
    private int SkipTo(params ReadOnlySpan<char> ends)
    {
        while (_at < _code.Length && !ends.Contains(_code[_at]))
        {
            if (_code[_at] is '(' or '[' or '{')
                SkipNested();
            else
                _at++;
        }

        return _at;
    }

    private void SkipNested()
    {
        var depth = 0;
        do
        {
            depth += _code[_at] switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            _at++;
        }
        while (depth > 0 && _at < _code.Length);
    }

    private bool IsAt(char c) => _at < _code.Length && _code[_at] == c;

    private void Add(string header, bool isType, int from, int to)
    {
        var line = LineOf(from);
        _found.Add(new Declaration(Blanks().Replace(header, " ").Trim(), isType, line, LineOf(to) - line + 1));
    }

    private int LineOf(int position) => 1 + _code.AsSpan(0, Math.Min(position, _code.Length)).Count('\n');

    [GeneratedRegex(@"\b(class|struct|interface|record|enum|namespace)\s+[A-Za-z_@]")]
    private static partial Regex TypeHeader();

    [GeneratedRegex(@"\bwhere\s[\s\S]*$")]
    private static partial Regex Constraint();

    [GeneratedRegex(@"\bnamespace\s")]
    private static partial Regex NamespaceHeader();

    [GeneratedRegex(@"\benum\s")]
    private static partial Regex EnumHeader();

    [GeneratedRegex(@"^(global\s+)?using\s+(?!var\b)[^(]*$|^namespace\s|^extern\s")]
    private static partial Regex Directive();

    [GeneratedRegex(@"\boperator\b")]
    private static partial Regex Operator();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
