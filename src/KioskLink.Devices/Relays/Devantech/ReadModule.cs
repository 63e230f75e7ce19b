namespace KioskLink.Devices.Relays.Devantech;

/// <summary><c>5A</c> asks who the board is: a byte for the model, one for its version.</summary>
internal static class ReadModule
{
    public const byte Command = 0x5A;
    public const int AnswerLength = 2;

    /// <summary>Whether the model is a board with eight relays at most (USB-RLY08) or one with sixteen (USB-RLY16, USB-RLY16L).</summary>
    public static bool Is(byte model, int outputs) => model switch
    {
        8 => outputs <= 8,
        9 or 15 => outputs <= 16,
        _ => false,
    };
}
