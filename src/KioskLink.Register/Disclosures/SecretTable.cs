using System.Globalization;
using System.Text;

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

    /// <summary>A sum of money in euros.</summary>
    public static string Euros(long cents) => string.Create(CultureInfo.InvariantCulture, $"{cents / 100}.{cents % 100:00}");

    private static StringBuilder Line(StringBuilder text, IReadOnlyList<string> values) =>
        text.AppendJoin(',', values.Select(Quoted)).Append("\r\n");

    private static string Quoted(string value) =>
        value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}
