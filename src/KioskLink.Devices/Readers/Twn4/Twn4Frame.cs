using KioskLink.Devices.Readers.Lines;

namespace KioskLink.Devices.Readers.Twn4;

/// <summary>A frame of the Simple Protocol in its ASCII form: bytes as hexadecimal digits, a check field where it is set, CR.</summary>
internal static class Twn4Frame
{
    /// <summary>The most bytes of a request or an answer, check field counted.</summary>
    public const int Longest = 80;

    /// <summary>The most characters of a frame with its CR.</summary>
    public const int LongestText = 2 * Longest + 1;

    /// <summary>Writes a request. How many characters.</summary>
    public static int Write(ReadOnlySpan<byte> request, bool check, Span<byte> target)
    {
        Span<byte> bytes = stackalloc byte[request.Length + Twn4Crc.Size];
        request.CopyTo(bytes);
        var crc = Twn4Crc.Compute(request);
        (bytes[^2], bytes[^1]) = ((byte)crc, (byte)(crc >> 8));
        var length = check ? bytes.Length : request.Length;
        for (var at = 0; at < length; at++)
            (target[2 * at], target[2 * at + 1]) = (Digit(bytes[at] >> 4), Digit(bytes[at] & 0xF));
        target[2 * length] = (byte)'\r';
        return 2 * length + 1;
    }

    /// <summary>Reads an answer without its CR into a target of <see cref="Longest"/> bytes. Its bytes after the error code; null where it is broken or tells an error.</summary>
    public static int? Read(ReadOnlySpan<byte> line, bool check, Span<byte> target)
    {
        if (HexDigits.Read(line, target[..Longest]) is not { } length)
            return null;
        if (check)
        {
            if (length <= Twn4Crc.Size || Twn4Crc.Compute(target[..(length - 2)]) != (target[length - 2] | target[length - 1] << 8))
                return null;
            length -= Twn4Crc.Size;
        }
        const byte noError = 0;
        if (target[0] != noError)
            return null;
        target[1..length].CopyTo(target);
        return length - 1;
    }

    private static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);
}
