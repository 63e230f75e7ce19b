namespace KioskLink.Devices.Readers;

/// <summary>Cuts a scanner's bytes into lines at CR, LF, both, or a pause. Empty lines and lines over the limit are dropped; GS and other controls stay inside.</summary>
internal sealed class LineAssembler
{
    /// <summary>The longest line taken; a scanner that sends more without an end is not set up or is not one.</summary>
    public const int Longest = 4096;

    private readonly byte[] _bytes = new byte[Longest];
    private int _count;
    private bool _overlong;

    /// <summary>A line has begun; a pause would end it.</summary>
    public bool Partial => _count > 0;

    /// <summary>Takes bytes up to and including the first line end. Returns how many; <paramref name="line"/> is empty unless a line ended.</summary>
    public int Take(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> line)
    {
        line = default;
        var end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
        var piece = end < 0 ? bytes : bytes[..end];
        if (_count + piece.Length > Longest)
            _overlong = true;
        else
            piece.CopyTo(_bytes.AsSpan(_count));
        _count = _overlong ? 1 : _count + piece.Length;
        if (end < 0)
            return bytes.Length;
        line = Finish();
        return end + 1;
    }

    /// <summary>The line a pause has ended, or empty.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        var line = _overlong ? default : _bytes.AsSpan(0, _count);
        (_count, _overlong) = (0, false);
        return line;
    }
}
