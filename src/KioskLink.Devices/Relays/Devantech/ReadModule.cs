namespace KioskLink.Devices.Relays.Devantech;

/// <summary><c>5A</c> asks who the board is: a byte for the model, one for its version.</summary>
internal static class ReadModule
{
    public const byte Command = 0x5A;
    public const int AnswerLength = 2;

    private const byte Rly08 = 8, Rly16 = 9, Rly16L = 15;

    /// <summary>Whether the model is one of those with eight relays. The 16 in a name is their current in ampere (makers' documents), not their count.</summary>
    public static bool IsKnown(byte model) => model is Rly08 or Rly16 or Rly16L;
}
