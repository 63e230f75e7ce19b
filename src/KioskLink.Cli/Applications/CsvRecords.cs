using System.Text;

namespace KioskLink.Cli.Applications;

/// <summary>Records of CSV text (RFC 4180, comma); a quoted field may hold commas, doubled quotation marks and line breaks. Pure.</summary>
internal static class CsvRecords
{
    /// <summary>The records that are not empty, each with the line on which it starts; null where quotation marks do not match.</summary>
    public static IEnumerable<(int Line, IReadOnlyList<string>? Fields)> Of(string text)
    {
        var (at, line) = (0, 1);
        while (at < text.Length)
        {
            var (start, first) = (at, line);
            var fields = Record(text, ref at, ref line);
            if (fields is null)
            {
                // An open quotation mark spoils its own line and not the rest of the file.
                at = EndOfLine(text, start);
                line = first + 1;
            }

            if (fields is not [""])
                yield return (first, fields);
        }
    }

    private static List<string>? Record(string text, ref int at, ref int line)
    {
        var fields = new List<string>();
        while (true)
        {
            if (Field(text, ref at, ref line) is not { } field)
                return null;
            fields.Add(field);
            if (at < text.Length && text[at] == ',')
            {
                at++;
                continue;
            }

            at = at < text.Length ? EndOfLine(text, at) : at;
            line++;
            return fields;
        }
    }

    private static string? Field(string text, ref int at, ref int line)
    {
        if (at >= text.Length || text[at] != '"')
        {
            var end = text.AsSpan(at).IndexOfAny(',', '\n');
            var plain = end < 0 ? text[at..] : text.Substring(at, end);
            at += plain.Length;
            return plain.Contains('"', StringComparison.Ordinal) ? null : plain.TrimEnd('\r');
        }

        var field = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"' && at + 1 < text.Length && text[at + 1] == '"')
                at++;
            else if (text[at] == '"')
                return Closed(text, ref at) ? field.ToString() : null;
            line += text[at] == '\n' ? 1 : 0;
            field.Append(text[at]);
        }

        return null;
    }

    private static bool Closed(string text, ref int at)
    {
        at++;
        return at == text.Length || text[at] is ',' or '\n' || text.AsSpan(at).StartsWith("\r\n");
    }

    private static int EndOfLine(string text, int at)
    {
        var end = text.IndexOf('\n', at);
        return end < 0 ? text.Length : end + 1;
    }
}
