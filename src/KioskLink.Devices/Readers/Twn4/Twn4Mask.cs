using KioskLink.Devices.Readers.Lines;

namespace KioskLink.Devices.Readers.Twn4;

/// <summary>Puts zeros in the place of a card's id and of what is read from its chip, and computes the check field anew: a trace can still be replayed.</summary>
/// <param name="check">Whether frames carry a check field.</param>
internal sealed class Twn4Mask(bool check)
{
    // Answers in characters: error code, result, and of SearchTag the kind of chip, the count of bits and the length of the id.
    private const int IdAt = 10, BlockAt = 6, ShownOfOthers = 4;

    /// <summary>Masks an answer; what was asked tells what is in it.</summary>
    public bool Mask(ReadOnlySpan<byte> asked, Span<byte> said)
    {
        var line = said[..(said.LastIndexOfAnyExcept((byte)'\r', (byte)'\n') + 1)];
        var end = line.Length - (check ? 2 * Twn4Crc.Size : 0);
        var from = asked.StartsWith("0500"u8) ? IdAt : asked.StartsWith("0D05"u8) ? BlockAt : int.MaxValue;
        if (asked.IsEmpty)
            from = ShownOfOthers;
        if (from >= end)
            return false;
        line[from..end].Fill((byte)'0');
        if (check)
            WriteCheck(line, end);
        return true;
    }

    private static void WriteCheck(Span<byte> line, int end)
    {
        Span<byte> bytes = stackalloc byte[Twn4Frame.Longest];
        if (end > 2 * bytes.Length || HexDigits.Read(line[..end], bytes) is not { } length)
        {
            line[end..].Fill((byte)'0');
            return;
        }
        var crc = Twn4Crc.Compute(bytes[..length]);
        Span<byte> field = [(byte)crc, (byte)(crc >> 8)];
        for (var at = 0; at < field.Length; at++)
            (line[end + 2 * at], line[end + 2 * at + 1]) = (Digit(field[at] >> 4), Digit(field[at] & 0xF));
    }

    private static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);
}
