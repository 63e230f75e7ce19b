namespace KioskLink.Devices.Relays.Devantech;

/// <summary><c>5B</c> asks for the states: one byte, relay 1 in bit 0.</summary>
internal static class ReadRelays
{
    public const byte Command = 0x5B;
    public const int AnswerLength = 1;
}
