namespace KioskLink.Devices.Readers.Lines;

/// <summary>The code within a scanner's line: what its settings put before it goes, in the order prefix, letter, AIM identifier.</summary>
internal static class CodeLine
{
    /// <summary>Finds the code. False where something that a card has to have is missing.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, LineSettings settings, out ReadOnlySpan<byte> code)
    {
        code = line;
        return TryTakePrefix(ref code, settings.Prefix) && TryTakeLetter(ref code, settings.Letters) && TryTakeIdentifier(ref code, settings.Kinds);
    }

    private static bool TryTakePrefix(ref ReadOnlySpan<byte> code, string prefix)
    {
        if (code.Length < prefix.Length)
            return false;
        for (var at = 0; at < prefix.Length; at++)
            if (code[at] != prefix[at])
                return false;
        code = code[prefix.Length..];
        return true;
    }

    private static bool TryTakeLetter(ref ReadOnlySpan<byte> code, string letters)
    {
        if (letters.Length == 0)
            return true;
        if (code.IsEmpty || !letters.Contains((char)code[0], StringComparison.Ordinal))
            return false;
        code = code[1..];
        return true;
    }

    private static bool TryTakeIdentifier(ref ReadOnlySpan<byte> code, string kinds)
    {
        var kind = Symbology.KindOf(code);
        if (kinds.Length > 0 && (kind is not { } known || !kinds.Contains(known, StringComparison.Ordinal)))
            return false;
        code = Symbology.Strip(code);
        return true;
    }
}
