namespace KioskLink.Devices.Readers.Lines;

/// <summary>RDM6300 and its like, between STX and ETX: five bytes and their XOR, as hexadecimal digits.</summary>
internal static class Rdm6300Line
{
    private const int IdBytes = 5;

    /// <summary>Reads the id into a target of at least six bytes. How many bits it has; null where the check is wrong.</summary>
    public static int? Read(ReadOnlySpan<byte> characters, Span<byte> target)
    {
        if (HexDigits.Read(characters, target[..(IdBytes + 1)]) != IdBytes + 1)
            return null;
        var check = 0;
        foreach (var part in target[..IdBytes])
            check ^= part;
        return check == target[IdBytes] ? IdBytes * 8 : null;
    }
}
