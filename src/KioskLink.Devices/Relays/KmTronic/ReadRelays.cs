namespace KioskLink.Devices.Relays.KmTronic;

/// <summary><c>FF 09 00</c> asks boards with four or eight relays for all of them: a byte each, 00 or 01.</summary>
internal static class ReadRelays
{
    private const byte All = 0x09;

    public static int Write(Span<byte> target)
    {
        (target[0], target[1], target[2]) = (SwitchRelay.Start, All, 0);
        return 3;
    }

    /// <summary>The states; null where a byte is neither 00 nor 01.</summary>
    public static uint? StatesOf(ReadOnlySpan<byte> answer)
    {
        var states = 0u;
        for (var output = 0; output < answer.Length; output++)
        {
            if (answer[output] > 1)
                return null;
            states |= (uint)answer[output] << output;
        }
        return states;
    }
}
