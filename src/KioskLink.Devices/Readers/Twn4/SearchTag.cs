namespace KioskLink.Devices.Readers.Twn4;

/// <summary><c>0500</c>: the card in the field now, if there is one.</summary>
internal static class SearchTag
{
    /// <summary>The longest id, in bytes.</summary>
    public const int LongestId = 16;

    private const int HeadLength = 4;

    public static int Write(Span<byte> target)
    {
        (target[0], target[1], target[2]) = (0x05, 0x00, LongestId);
        return 3;
    }

    /// <summary>Reads an answer. False where it is broken; <paramref name="tag"/> has no bits where there is no card.</summary>
    public static bool TryRead(ReadOnlySpan<byte> answer, out Twn4Tag tag)
    {
        tag = default;
        if (answer is [0])
            return true;
        if (answer.Length < HeadLength || answer[0] != 1)
            return false;
        int bits = answer[2];
        var id = answer[HeadLength..];
        if (answer[3] != id.Length || id.Length > LongestId || bits == 0 || bits > id.Length * 8)
            return false;
        tag = new Twn4Tag(answer[1], bits, id);
        return true;
    }
}

/// <summary>A card in the field.</summary>
/// <param name="type">Its kind of chip.</param>
/// <param name="bits">How many bits of the id count.</param>
/// <param name="id">The id.</param>
internal readonly ref struct Twn4Tag(byte type, int bits, ReadOnlySpan<byte> id)
{
    private const byte Iso15693 = 0x82;

    public byte Type { get; } = type;

    public int Bits { get; } = bits;

    public ReadOnlySpan<byte> Id { get; } = id;

    /// <summary>A chip of the kind that library cards and books carry.</summary>
    public bool IsIso15693 => Type == Iso15693;
}
