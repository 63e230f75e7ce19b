namespace KioskLink.Devices.Readers.Twn4;

/// <summary><c>0004</c>: the text of the firmware's version, which begins with TWN4.</summary>
internal static class GetVersion
{
    private const byte MostCharacters = 64;

    public static int Write(Span<byte> target)
    {
        (target[0], target[1], target[2]) = (0x00, 0x04, MostCharacters);
        return 3;
    }

    /// <summary>Whether the answer is that of a TWN4.</summary>
    public static bool IsTwn4(ReadOnlySpan<byte> answer) => answer.Length > 0 && answer[0] == answer.Length - 1 && answer[1..].StartsWith("TWN4"u8);
}
