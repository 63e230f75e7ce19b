namespace KioskLink.Devices.Relays.Numato;

/// <summary>Numato USB boards: a line of text ended by CR alone; the board repeats it, answers, and ends with LF CR and <c>&gt;</c>.</summary>
internal sealed class NumatoProtocol : IRelayProtocol
{
    private const byte CarriageReturn = 0x0D;
    private const byte Prompt = (byte)'>';

    /// <inheritdoc/>
    public int MostOutputs => IRelayProtocol.MostStates;

    /// <inheritdoc/>
    public bool Answers(RelayVerb verb) => true;

    /// <inheritdoc/>
    public bool Knows(RelayVerb verb) => verb != RelayVerb.Pulse;

    /// <inheritdoc/>
    public int Write(RelayBoardOptions board, RelayRequest request, Span<byte> target)
    {
        var length = WriteText(board, request, target);
        target[length] = CarriageReturn;
        return length + 1;
    }

    /// <inheritdoc/>
    public RelayReply Read(RelayBoardOptions board, RelayRequest request, ReadOnlySpan<byte> received)
    {
        // The answer to an identification is only "here I am": half a command typed before is flushed with it.
        if (received.IndexOf(Prompt) is not (>= 0 and var end))
            return received.Length < IRelayProtocol.LongestFrame ? RelayReply.Incomplete : RelayReply.Wrong;
        if (request.Verb == RelayVerb.Identify)
            return RelayReply.Done;
        Span<byte> asked = stackalloc byte[IRelayProtocol.LongestFrame];
        var text = received[..end].TrimStart("\r\n>"u8);
        var echo = asked[..WriteText(board, request, asked)];
        if (!text.StartsWith(echo))
            return RelayReply.Wrong;
        var answer = text[echo.Length..].Trim("\r\n "u8);
        if (request.Verb == RelayVerb.Read)
            return ReadRelays.StatesOf(answer) is { } states ? RelayReply.Told(states) : RelayReply.Wrong;
        return answer.IsEmpty ? RelayReply.Done : RelayReply.Refused;
    }

    private static int WriteText(RelayBoardOptions board, RelayRequest request, Span<byte> target) => request.Verb switch
    {
        RelayVerb.Set => SwitchRelay.Write(target, request.Output, request.On),
        RelayVerb.SetAll => WriteRelays.Write(target, board.Outputs, request.States),
        RelayVerb.Read => ReadRelays.Write(target),
        _ => 0,
    };
}
