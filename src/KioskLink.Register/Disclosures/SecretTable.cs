using System.Globalization;
using System.Text;
using KioskLink.Register.Import;

namespace KioskLink.Register.Disclosures;

/// <summary>A table on its way into a file: CSV (RFC 4180, UTF-8, comma) with exactly these columns. Not thread-safe.</summary>
internal sealed class SecretTable(IReadOnlyList<string> columns)
{
    private readonly StringBuilder _text = Line(new StringBuilder(), columns);

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>Rows so far, without the header.</summary>
    public int Rows { get; private set; }

    /// <summary>Adds a row, a value for each column.</summary>
    public void Add(params IReadOnlyList<string> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Count, columns.Count);
        Line(_text, values);
        Rows++;
    }

    /// <summary>The file.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.ToString());

    /// <summary>A file with some of its records emptied; null when nothing else is left.</summary>
    /// <param name="file">The file.</param>
    /// <param name="records">The records, from 1 after the header.</param>
    public static byte[]? Without(byte[] file, IReadOnlySet<int> records)
    {
        var (text, isAnyLeft) = (new StringBuilder(), false);
        foreach (var (record, at) in Records(Encoding.UTF8.GetString(file)).Select((record, at) => (record, at)))
        {
            var empty = new string(',', CsvText.Split(record).Fields.Count - 1);
            text.Append(records.Contains(at) ? empty : record).Append("\r\n");
            isAnyLeft |= at > 0 && !records.Contains(at) && record != empty;
        }

        return isAnyLeft ? Encoding.UTF8.GetBytes(text.ToString()) : null;
    }

    /// <summary>A sum of money in euros.</summary>
    public static string Euros(long cents) => string.Create(CultureInfo.InvariantCulture, $"{cents / 100}.{cents % 100:00}");

    // A record ends at a line break outside quotes; each record of a file that this class wrote ends with one.
    private static IEnumerable<string> Records(string text)
    {
        var (start, isQuoted) = (0, false);
        for (var at = 0; at < text.Length; at++)
        {
            isQuoted ^= text[at] == '"';
            if (!isQuoted && text[at] == '\n')
            {
                yield return text[start..at].TrimEnd('\r');
                start = at + 1;
            }
        }
    }

    private static StringBuilder Line(StringBuilder text, IReadOnlyList<string> values) =>
        text.AppendJoin(',', values.Select(Quoted)).Append("\r\n");

    private static string Quoted(string value) =>
        value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}
