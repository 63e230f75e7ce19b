using System.Text;
using CsvHelper;

namespace KioskLink.Register.Import;

/// <summary>A row of the file: its fields by column, or why it cannot be read.</summary>
/// <param name="Line">Where it starts, the header being line 1.</param>
/// <param name="Fields">The fields by column name; empty when the row is malformed.</param>
/// <param name="Problem">What is wrong with the row as CSV; null when it is well-formed.</param>
internal sealed record CsvRow(long Line, IReadOnlyDictionary<string, string> Fields, string? Problem);

/// <summary>
/// Reads CSV (RFC 4180, UTF-8, comma) row by row. No field of a patron has line breaks, so a quotation mark that is not closed
/// spoils its own row and not the rest of the file. Not thread-safe.
/// </summary>
internal sealed class CsvRows : IDisposable
{
    private const int RowBytesMax = 16 * 1024;

    private static readonly Dictionary<string, string> NoFields = [];

    private readonly CsvReader _reader;
    private string[] _header = [];
    private bool _malformed;

    /// <summary>Reads from a stream, which stays the caller's.</summary>
    public CsvRows(Stream stream)
    {
        var text = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        _reader = CsvReader.Create(text, new CsvReaderOptions
        {
            Separator = ',',
            HasHeader = false,
            AllowLineBreaksInQuotes = false,
            TrackLineNumbers = true,
            MaxRecordSize = RowBytesMax,
            IncludeValuesInExceptions = false,
            OnMalformedRecord = _ => _malformed = true,
        });
    }

    /// <summary>Reads the header; returns what is wrong with it, or null.</summary>
    public async Task<string?> ReadHeaderAsync()
    {
        if (!await NextAsync().ConfigureAwait(false))
        {
            return "the file is empty: give a header and rows";
        }

        _header = [.. Fields().Select(name => name.Trim())];
        return ImportColumns.Problem(_header);
    }

    /// <summary>The next row; null at the end.</summary>
    /// <exception cref="ImportProblem">A row is too large to be one.</exception>
    public async Task<CsvRow?> ReadAsync() => await NextAsync().ConfigureAwait(false) ? Row() : null;

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private async Task<bool> NextAsync()
    {
        _malformed = false;
        try
        {
            return await _reader.ReadAsync().ConfigureAwait(false);
        }
        catch (CsvFormatException problem)
        {
            throw new ImportProblem(problem.LineNumber, $"the row is longer than {RowBytesMax} bytes: the file is probably no CSV");
        }
    }

    private CsvRow Row()
    {
        if (_malformed)
        {
            return new CsvRow(_reader.LineNumber, NoFields, "the quotation marks do not match: quote the whole field and double the marks inside");
        }

        if (_reader.FieldCount != _header.Length)
        {
            return new CsvRow(_reader.LineNumber, NoFields, $"the row has {_reader.FieldCount} fields instead of {_header.Length}: check the commas");
        }

        return new CsvRow(_reader.LineNumber, _header.Zip(Fields()).ToDictionary(pair => pair.First, pair => pair.Second), null);
    }

    private IEnumerable<string> Fields() => Enumerable.Range(0, _reader.FieldCount).Select(_reader.GetString);
}

/// <summary>The file cannot be read any further.</summary>
internal sealed class ImportProblem(long line, string reason) : Exception(reason)
{
    /// <summary>Where.</summary>
    public long Line => line;
}
