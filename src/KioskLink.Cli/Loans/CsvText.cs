using System.Text;

namespace KioskLink.Cli.Loans;

/// <summary>Rows of a CSV file (RFC 4180, UTF-8, comma), one a line.</summary>
internal static class CsvText
{
    /// <summary>The rows that are not empty: where each starts, its fields, and what is wrong with it as CSV.</summary>
    /// <exception cref="CommandProblem">The file cannot be read.</exception>
    public static IEnumerable<(long Line, IReadOnlyList<string> Fields, string? Problem)> Rows(string path)
    {
        using var reader = Open(path);
        for (var line = 1L; reader.ReadLine() is { } text; line++)
        {
            if (text.Length > 0)
                yield return Split(text) is { } fields ? (line, fields, null) : (line, [], "the quotation marks do not match: quote the whole field and double the marks inside");
        }
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path, new UTF8Encoding(false));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw CommandProblem.Usage($"{path} cannot be read; check the path and the file's rights.");
        }
    }

    private static List<string>? Split(string row)
    {
        var (fields, field, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var at = 0; at < row.Length; at++)
        {
            var letter = row[at];
            if (letter == '"' && quoted && at + 1 < row.Length && row[at + 1] == '"')
                field.Append(row[at++]);
            else if (letter == '"' && !MayStand(row, at, quoted, field.Length))
                return null;
            else if (letter == '"')
                quoted = !quoted;
            else if (letter == ',' && !quoted)
                fields.Add(Take(field));
            else
                field.Append(letter);
        }

        fields.Add(Take(field));
        return quoted ? null : fields;
    }

    // A mark opens at the start of a field and closes at its end.
    private static bool MayStand(string row, int at, bool quoted, int length) => quoted ? at + 1 == row.Length || row[at + 1] == ',' : length == 0;

    private static string Take(StringBuilder field)
    {
        var text = field.ToString();
        field.Clear();
        return text;
    }
}
