namespace KioskLink.Devices.Relays.Modbus;

/// <summary>Function 01: which relays are on. The board answers with a bit a relay, the first in bit 0.</summary>
internal static class ReadCoils
{
    public const byte Function = 0x01;
    private const int HeadLength = 3, CountAt = 2;

    public static int Write(Span<byte> target, byte address, int outputs) => ModbusFrame.Write(target, address, Function, 0, (ushort)outputs);

    /// <summary>How long the whole answer is; null where its count of bytes is not that of so many relays.</summary>
    public static int? LengthOf(ReadOnlySpan<byte> received, int outputs) =>
        received.Length <= CountAt || received[CountAt] == BytesOf(outputs) ? HeadLength + BytesOf(outputs) + ModbusCrc.Size : null;

    /// <summary>The states in an answer whose length and check field are right.</summary>
    public static uint StatesOf(ReadOnlySpan<byte> frame, int outputs)
    {
        var states = 0u;
        for (var at = 0; at < BytesOf(outputs); at++)
            states |= (uint)frame[HeadLength + at] << (8 * at);
        return outputs < IRelayProtocol.MostStates ? states & ((1u << outputs) - 1) : states;
    }

    private static int BytesOf(int outputs) => (outputs + 7) / 8;
}
