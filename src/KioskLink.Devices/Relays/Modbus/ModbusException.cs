namespace KioskLink.Devices.Relays.Modbus;

/// <summary>A refusal: the function with its highest bit set, and a reason (1 function, 2 relay, 3 value, 4 board at fault).</summary>
internal static class ModbusException
{
    public const int Length = 5;
    private const byte Mark = 0x80;

    public static bool Is(byte function, byte answered) => answered == (function | Mark);
}
