namespace KioskLink.Devices.Relays.LcTech;

/// <summary>LCTech and other boards behind a CH340: they never answer, so nothing is known of them but that the port takes bytes.</summary>
internal sealed class LcTechProtocol : IRelayProtocol
{
    /// <inheritdoc/>
    public int MostOutputs => 16;

    /// <inheritdoc/>
    public bool Answers(RelayVerb verb) => false;

    /// <inheritdoc/>
    public bool Knows(RelayVerb verb) => verb is RelayVerb.Set or RelayVerb.SetAll;

    /// <inheritdoc/>
    public int Write(RelayBoardOptions board, RelayRequest request, Span<byte> target)
    {
        if (request.Verb == RelayVerb.Set)
            return SwitchRelay.Write(target, request.Output, request.On);
        var length = 0;
        for (var output = 0; output < board.Outputs; output++)
            length += SwitchRelay.Write(target[length..], output, (request.States >> output & 1) != 0);
        return length;
    }

    /// <inheritdoc/>
    public RelayReply Read(RelayBoardOptions board, RelayRequest request, ReadOnlySpan<byte> received) => RelayReply.Wrong;
}
