namespace KioskLink.Devices.Relays.Devantech;

/// <summary>Devantech USB-RLY boards with eight relays: single bytes, no answer to a switch, so each is confirmed by reading.</summary>
internal sealed class DevantechProtocol : IRelayProtocol
{
    /// <summary>USB-RLY08, USB-RLY16 and USB-RLY16L have eight each: as many as the one byte of states can tell.</summary>
    public int MostOutputs => 8;

    /// <inheritdoc/>
    public bool Answers(RelayVerb verb) => verb is RelayVerb.Identify or RelayVerb.Read;

    /// <inheritdoc/>
    public bool Knows(RelayVerb verb) => verb != RelayVerb.Pulse;

    /// <inheritdoc/>
    public int Write(RelayBoardOptions board, RelayRequest request, Span<byte> target)
    {
        switch (request.Verb)
        {
            case RelayVerb.Set:
                return SwitchRelay.Write(target, request.Output, request.On);
            case RelayVerb.SetAll:
                return SetRelays.Write(target, request.States);
            default:
                target[0] = request.Verb == RelayVerb.Identify ? ReadModule.Command : ReadRelays.Command;
                return 1;
        }
    }

    /// <inheritdoc/>
    public RelayReply Read(RelayBoardOptions board, RelayRequest request, ReadOnlySpan<byte> received)
    {
        if (request.Verb != RelayVerb.Identify)
            return received.Length < ReadRelays.AnswerLength ? RelayReply.Incomplete : RelayReply.Told(received[0]);
        if (received.Length < ReadModule.AnswerLength)
            return RelayReply.Incomplete;
        return ReadModule.IsKnown(received[0]) ? RelayReply.Done : RelayReply.Refused;
    }
}
