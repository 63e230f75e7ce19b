using System.Text;

namespace KioskLink.Register.Import;

/// <summary>A UTF-8 text line by line, each of bounded length; lines may be given back and read again. Not thread-safe.</summary>
internal sealed class TextLines(Stream text)
{
    /// <summary>Longest line, bytes.</summary>
    public const int LengthMax = 16 * 1024;

    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly byte[] _buffer = new byte[LengthMax];
    private readonly Queue<string> _again = new();
    private int _start;
    private int _end;

    /// <summary>The number of the line that was read last; the first is 1.</summary>
    public long Number { get; private set; }

    /// <summary>The next line without its end; null at the end of the text.</summary>
    /// <exception cref="ImportProblem">The line is too long to be one, or is not UTF-8.</exception>
    public async Task<string?> ReadAsync()
    {
        if (!_again.TryDequeue(out var line) && (line = await ReadNewAsync().ConfigureAwait(false)) is null)
        {
            return null;
        }

        Number++;
        return line;
    }

    /// <summary>Gives the lines that were read last back, in their order.</summary>
    public void GiveBack(IReadOnlyList<string> lines)
    {
        var rest = _again.ToList();
        _again.Clear();
        foreach (var line in lines.Concat(rest))
        {
            _again.Enqueue(line);
        }

        Number -= lines.Count;
    }

    private async Task<string?> ReadNewAsync()
    {
        while (true)
        {
            if (_buffer.AsSpan(_start, _end - _start).IndexOf(LineFeed) is var length and >= 0)
            {
                return Take(length, length + 1);
            }

            if (_end - _start == _buffer.Length)
            {
                throw new ImportProblem(Number + 1, $"the row is longer than {LengthMax} bytes: the file is probably no CSV");
            }

            if (await FillAsync().ConfigureAwait(false) == 0)
            {
                return _start == _end ? null : Take(_end - _start, _end - _start);
            }
        }
    }

    private async Task<int> FillAsync()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = await text.ReadAsync(_buffer.AsMemory(_end)).ConfigureAwait(false);
        _end += read;
        return read;
    }

    private string Take(int length, int with)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, length);
        _start += with;
        line = Number == 0 && line.StartsWith(Encoding.UTF8.Preamble) ? line[Encoding.UTF8.Preamble.Length..] : line;
        try
        {
            return Strict.GetString(line is [.. var body, CarriageReturn] ? body : line);
        }
        catch (DecoderFallbackException)
        {
            throw new ImportProblem(Number + 1, "the file is not UTF-8: save it as UTF-8 and import it again");
        }
    }
}
