namespace KioskLink.Devices.Relays.KmTronic;

/// <summary>KMTronic USB boards: three bytes a request, no answer to a switch, so each is confirmed by reading.</summary>
internal sealed class KmTronicProtocol : IRelayProtocol
{
    /// <inheritdoc/>
    public int MostOutputs => 8;

    /// <inheritdoc/>
    public bool Answers(RelayVerb verb) => verb is RelayVerb.Read or RelayVerb.Identify;

    /// <inheritdoc/>
    public bool Knows(RelayVerb verb) => verb is RelayVerb.Read or RelayVerb.Identify or RelayVerb.Set or RelayVerb.SetAll;

    /// <inheritdoc/>
    public int Write(RelayBoardOptions board, RelayRequest request, Span<byte> target) => request.Verb switch
    {
        RelayVerb.Set => SwitchRelay.Write(target, request.Output, request.On),
        RelayVerb.SetAll => WriteAll(board.Outputs, request.States, target),
        _ when board.Outputs <= ReadRelay.MostOutputs => AskEach(board.Outputs, target),
        _ => ReadRelays.Write(target),
    };

    /// <inheritdoc/>
    public RelayReply Read(RelayBoardOptions board, RelayRequest request, ReadOnlySpan<byte> received)
    {
        var length = board.Outputs <= ReadRelay.MostOutputs ? board.Outputs * ReadRelay.AnswerLength : board.Outputs;
        if (received.Length < length)
            return RelayReply.Incomplete;
        var states = board.Outputs <= ReadRelay.MostOutputs ? EachOf(received[..length], board.Outputs) : ReadRelays.StatesOf(received[..length]);
        return states is { } told ? RelayReply.Told(told) : RelayReply.Wrong;
    }

    private static int WriteAll(int outputs, uint states, Span<byte> target)
    {
        var length = 0;
        for (var output = 0; output < outputs; output++)
            length += SwitchRelay.Write(target[length..], output, (states >> output & 1) != 0);
        return length;
    }

    private static int AskEach(int outputs, Span<byte> target)
    {
        var length = 0;
        for (var output = 0; output < outputs; output++)
            length += ReadRelay.Write(target[length..], output);
        return length;
    }

    private static uint? EachOf(ReadOnlySpan<byte> answers, int outputs)
    {
        var states = 0u;
        for (var output = 0; output < outputs; output++)
        {
            if (ReadRelay.StateOf(answers.Slice(output * ReadRelay.AnswerLength, ReadRelay.AnswerLength), output) is not { } on)
                return null;
            states |= on ? 1u << output : 0;
        }
        return states;
    }
}
