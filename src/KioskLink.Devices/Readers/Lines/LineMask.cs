namespace KioskLink.Devices.Readers.Lines;

/// <summary>Puts nobody's number in the place of what a scanner or reader has read: a code may be a card, a key or a text about somebody.</summary>
internal static class LineMask
{
    private const byte CodeId = (byte)']';

    /// <summary>Masks a line: a run of digits becomes nobody's number, any other run of letters and digits zeros. AIM identifiers (ISO/IEC 15424) stay.</summary>
    public static bool Mask(ReadOnlySpan<byte> _, Span<byte> line)
    {
        var changed = false;
        for (var at = line is [CodeId, _, _, ..] ? 3 : 0; at < line.Length; at++)
        {
            var length = RunAt(line[at..]);
            if (length > 0)
                changed |= Replace(line.Slice(at, length));
            else if (line[at] > 0x7F)
                (line[at], changed) = ((byte)'0', true);
            at += Math.Max(0, length - 1);
        }
        return changed;
    }

    private static int RunAt(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        while (length < bytes.Length && char.IsAsciiLetterOrDigit((char)bytes[length]))
            length++;
        return length;
    }

    private static bool Replace(Span<byte> run)
    {
        if (run.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            run.Fill((byte)'0');
        else
            NobodysCard.WriteCharacters(run);
        return true;
    }
}
