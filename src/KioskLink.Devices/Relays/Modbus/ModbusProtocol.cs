namespace KioskLink.Devices.Relays.Modbus;

/// <summary>Relay boards on Modbus RTU: coils are relays. Boards with the "flash on" registers end a pulse by themselves.</summary>
internal sealed class ModbusProtocol : IRelayProtocol
{
    private const int FunctionAt = 1;

    /// <inheritdoc/>
    public int MostOutputs => IRelayProtocol.MostStates;

    /// <inheritdoc/>
    public int MostInputs => IRelayProtocol.MostStates;

    /// <inheritdoc/>
    public bool Answers(RelayVerb verb) => true;

    /// <inheritdoc/>
    public bool Knows(RelayVerb verb) => true;

    /// <inheritdoc/>
    public int Write(RelayBoardOptions board, RelayRequest request, Span<byte> target) => request.Verb switch
    {
        RelayVerb.Set => WriteCoil.Write(target, board.Address, request.Output, request.On),
        RelayVerb.Pulse => PulseCoil.Write(target, board.Address, request.Output, request.Tenths),
        RelayVerb.SetAll => WriteCoils.Write(target, board.Address, board.Outputs, request.States),
        RelayVerb.ReadInputs => ReadInputs.Write(target, board.Address, board.Inputs),
        _ => ReadCoils.Write(target, board.Address, board.Outputs),
    };

    /// <inheritdoc/>
    public RelayReply Read(RelayBoardOptions board, RelayRequest request, ReadOnlySpan<byte> received)
    {
        var function = FunctionOf(request.Verb);
        if (received.Length > 0 && received[0] != board.Address)
            return RelayReply.Wrong;
        if (received.Length <= FunctionAt)
            return RelayReply.Incomplete;
        if (ModbusException.Is(function, received[FunctionAt]))
            return Cut(received, ModbusException.Length, out _) ?? RelayReply.Refused;
        if (received[FunctionAt] != function || LengthOf(board, function, received) is not { } length)
            return RelayReply.Wrong;
        if (Cut(received, length, out var frame) is { } unfinished)
            return unfinished;
        return CountOf(board, function) is { } count ? RelayReply.Told(ReadCoils.StatesOf(frame, count)) : Confirm(board, request, frame);
    }

    private static byte FunctionOf(RelayVerb verb) => verb switch
    {
        RelayVerb.Set or RelayVerb.Pulse => WriteCoil.Function,
        RelayVerb.SetAll => WriteCoils.Function,
        RelayVerb.ReadInputs => ReadInputs.Function,
        _ => ReadCoils.Function,
    };

    private static int? LengthOf(RelayBoardOptions board, byte function, ReadOnlySpan<byte> received) =>
        CountOf(board, function) is { } count ? ReadCoils.LengthOf(received, count) : ModbusFrame.Length;

    // How many states an answer tells; null where it tells none. Inputs come as relays do.
    private static int? CountOf(RelayBoardOptions board, byte function) => function switch
    {
        ReadCoils.Function => board.Outputs,
        ReadInputs.Function => board.Inputs,
        _ => null,
    };

    // Null once the whole frame is there and its check field right.
    private static RelayReply? Cut(ReadOnlySpan<byte> received, int length, out ReadOnlySpan<byte> frame)
    {
        frame = default;
        if (received.Length < length)
            return RelayReply.Incomplete;
        frame = received[..length];
        return ModbusCrc.IsRight(frame) ? null : RelayReply.Wrong;
    }

    // A write is answered with its own first six bytes: any other relay or value is the answer to something else.
    private RelayReply Confirm(RelayBoardOptions board, RelayRequest request, ReadOnlySpan<byte> frame)
    {
        Span<byte> asked = stackalloc byte[IRelayProtocol.LongestFrame];
        Write(board, request, asked);
        const int echoed = ModbusFrame.Length - ModbusCrc.Size;
        return frame[..echoed].SequenceEqual(asked[..echoed]) ? RelayReply.Done : RelayReply.Wrong;
    }
}
