namespace KioskLink.Devices.Readers.Twn4;

/// <summary><c>0D05</c>: one block of four bytes of the ISO 15693 chip found last.</summary>
internal static class ReadBlock
{
    public const int Length = 4;

    public static int Write(Span<byte> target, int block)
    {
        (target[0], target[1], target[2], target[3]) = (0x0D, 0x05, (byte)block, Length);
        return 4;
    }

    /// <summary>Reads an answer into four bytes; false where the chip did not give them.</summary>
    public static bool TryRead(ReadOnlySpan<byte> answer, Span<byte> block)
    {
        if (answer is not [1, Length, _, _, _, _])
            return false;
        answer[2..].CopyTo(block);
        return true;
    }
}
