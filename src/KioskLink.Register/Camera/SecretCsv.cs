using System.Buffers;
using System.Text;

namespace KioskLink.Register.Camera;

/// <summary>
/// Writes CSV (RFC 4180) that a spreadsheet opens without running anything: a cell that would be read as a formula gets an
/// apostrophe in front. Every row says that it is secret. Pure.
/// </summary>
internal static class SecretCsv
{
    /// <summary>The mark of secret documents.</summary>
    public const string Mark = "SALASSA PIDETTÄVÄ (621/1999 24 §)";

    private const string MarkColumn = "secrecy";
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n");
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r\n|");

    /// <summary>The file's text.</summary>
    public static string Write(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder();
        Row(text, MarkColumn, columns);
        foreach (var row in rows)
        {
            Row(text, Mark, row);
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, string first, IReadOnlyList<string> cells)
    {
        text.Append(Cell(first));
        foreach (var cell in cells)
        {
            text.Append(',').Append(Cell(cell));
        }

        text.Append("\r\n");
    }

    private static string Cell(string value)
    {
        var safe = Guard(value);
        return safe.AsSpan().ContainsAny(Quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    // Spreadsheets skip blanks before a formula, and take the wide forms of its signs for the sign.
    private static string Guard(string value) =>
        value.AsSpan().TrimStart() is [var first, ..] && (Formula.Contains(first) || first is '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20')
        || value is ['\t' or '\r' or '\n', ..] ? $"'{value}" : value;
}
