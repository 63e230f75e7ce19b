namespace KioskLink.Devices.Relays.KmTronic;

/// <summary><c>FF rr 03</c> asks boards with one or two relays for one of them: <c>FF rr ss</c>.</summary>
internal static class ReadRelay
{
    /// <summary>Boards with so many relays at most are asked relay by relay.</summary>
    public const int MostOutputs = 2;

    public const int AnswerLength = 3;
    private const byte Ask = 0x03;

    public static int Write(Span<byte> target, int output)
    {
        (target[0], target[1], target[2]) = (SwitchRelay.Start, (byte)(output + 1), Ask);
        return 3;
    }

    /// <summary>The relay's state; null where this is no answer for it.</summary>
    public static bool? StateOf(ReadOnlySpan<byte> answer, int output) => answer switch
    {
        [SwitchRelay.Start, var relay, <= 1 and var state] when relay == output + 1 => state == 1,
        _ => null,
    };
}
