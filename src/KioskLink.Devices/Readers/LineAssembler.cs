using KioskLink.Devices.Readers.Lines;

namespace KioskLink.Devices.Readers;

/// <summary>Cuts a scanner's bytes into lines at their end, or at a pause. Empty lines and lines over the limit are dropped; GS and other controls stay inside.</summary>
internal sealed class LineAssembler(LineEnd lineEnd = LineEnd.Any)
{
    private const byte Begin = 0x02;

    /// <summary>The longest line taken; a scanner that sends more without an end is not set up or is not one.</summary>
    public const int Longest = 4096;

    private readonly byte[] _bytes = new byte[Longest];
    private int _count;
    private bool _overlong;

    /// <summary>A line has begun; a pause would end it.</summary>
    public bool Partial => _count > 0;

    /// <summary>A line that a pause ends is whole; else it is broken off.</summary>
    public bool EndsAtPause => lineEnd is LineEnd.Any or LineEnd.Pause;

    /// <summary>Takes bytes up to and including the first line end. Returns how many; <paramref name="line"/> is empty unless a line ended.</summary>
    public int Take(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> line)
    {
        line = default;
        var end = bytes.IndexOfAny(Ends);
        var piece = end < 0 ? bytes : bytes[..end];
        if (_count + piece.Length > Longest)
            _overlong = true;
        else
            piece.CopyTo(_bytes.AsSpan(_count));
        _count = _overlong ? 1 : _count + piece.Length;
        if (end < 0)
            return bytes.Length;
        line = Finish();
        if (lineEnd == LineEnd.Etx)
            line = line.LastIndexOf(Begin) is >= 0 and var begin ? line[(begin + 1)..] : default;
        return end + 1;
    }

    /// <summary>The line a pause has ended, or empty.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        var line = _overlong ? default : _bytes.AsSpan(0, _count);
        (_count, _overlong) = (0, false);
        return line;
    }

    /// <summary>Overwrites what the last line was: it may have been a PIN.</summary>
    public void Wipe() => Array.Clear(_bytes);

    private ReadOnlySpan<byte> Ends => lineEnd switch
    {
        LineEnd.Any => "\r\n"u8,
        LineEnd.Cr => "\r"u8,
        LineEnd.Lf => "\n"u8,
        LineEnd.Tab => "\t"u8,
        LineEnd.Etx => [0x03],
        _ => [],
    };
}
