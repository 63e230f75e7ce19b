using System.Text;

namespace KioskLink.Register.Import;

/// <summary>A row of the file: its fields by column, or why it cannot be read.</summary>
/// <param name="Line">Where it starts, the header being line 1.</param>
/// <param name="Fields">The fields by column name; empty when the row is malformed.</param>
/// <param name="Problem">What is wrong with the row as CSV; null when it is well-formed.</param>
internal sealed record CsvRow(long Line, IReadOnlyDictionary<string, string> Fields, string? Problem);

/// <summary>
/// Reads CSV (RFC 4180, UTF-8, comma) row by row. A quoted field may hold line breaks where the row that comes of it is a whole
/// one; a quotation mark that is never closed spoils its own line and not the rest of the file. Empty lines are no rows. Not
/// thread-safe.
/// </summary>
internal sealed class CsvRows(Stream stream)
{
    /// <summary>Lines over which one row may go on.</summary>
    public const int LinesMax = 16;

    private static readonly Dictionary<string, string> NoFields = [];

    private readonly TextLines _lines = new(stream);
    private IReadOnlyList<string> _header = [];

    /// <summary>Reads the header; returns what is wrong with it, or null.</summary>
    /// <exception cref="ImportProblem">It is too long to be one, or is not UTF-8.</exception>
    public async Task<string?> ReadHeaderAsync()
    {
        if (await NextLineAsync().ConfigureAwait(false) is not { } line)
        {
            return "the file is empty: give a header and rows";
        }

        _header = [.. CsvText.Split(line).Fields.Select(name => name.Trim())];
        return _header is [var only] && only.AsSpan().ContainsAny(';', '\t')
            ? "the columns are not separated by commas: save the file with commas"
            : ImportColumns.Problem(_header);
    }

    /// <summary>The next row; null at the end.</summary>
    /// <exception cref="ImportProblem">A row is too long to be one, or is not UTF-8.</exception>
    public async Task<CsvRow?> ReadAsync()
    {
        if (await NextLineAsync().ConfigureAwait(false) is not { } line)
        {
            return null;
        }

        var number = _lines.Number;
        var (form, fields) = CsvText.Split(line);
        if (form == CsvForm.Open && await GoOnAsync(line).ConfigureAwait(false) is { } whole)
        {
            (form, fields) = (CsvForm.Whole, whole);
        }

        return Row(number, form, fields);
    }

    private async Task<string?> NextLineAsync()
    {
        string? line;
        while ((line = await _lines.ReadAsync().ConfigureAwait(false)) is { Length: 0 })
        {
        }

        return line;
    }

    /// <summary>The fields of a row that goes on in the next lines; null, and nothing read, where no whole row comes of it.</summary>
    private async Task<IReadOnlyList<string>?> GoOnAsync(string first)
    {
        var (row, more) = (new StringBuilder(first), new List<string>());
        while (more.Count < LinesMax && row.Length < TextLines.LengthMax && await _lines.ReadAsync().ConfigureAwait(false) is { } line)
        {
            more.Add(line);
            var (form, fields) = CsvText.Split(row.Append('\n').Append(line).ToString());
            if (form == CsvForm.Whole && fields.Count == _header.Count)
            {
                return fields;
            }

            if (form != CsvForm.Open)
            {
                break;
            }
        }

        _lines.GiveBack(more);
        return null;
    }

    private CsvRow Row(long line, CsvForm form, IReadOnlyList<string> fields)
    {
        if (form != CsvForm.Whole)
        {
            return new CsvRow(line, NoFields, "the quotation marks do not match: quote the whole field and double the marks inside");
        }

        return fields.Count == _header.Count
            ? new CsvRow(line, _header.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second), null)
            : new CsvRow(line, NoFields, $"the row has {fields.Count} fields instead of {_header.Count}: check the commas");
    }
}

/// <summary>The file cannot be read any further.</summary>
internal sealed class ImportProblem(long line, string reason) : Exception(reason)
{
    /// <summary>Where.</summary>
    public long Line => line;
}
