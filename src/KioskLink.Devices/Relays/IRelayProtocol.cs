namespace KioskLink.Devices.Relays;

/// <summary>How one kind of relay board is spoken to: requests to bytes, bytes to answers. Pure; keeps nothing between two calls.</summary>
internal interface IRelayProtocol
{
    /// <summary>The longest request and the longest answer.</summary>
    const int LongestFrame = 64;

    /// <summary>The most relays of one board: one bit each of <see cref="RelayReply.States"/>.</summary>
    const int MostStates = 32;

    /// <summary>The most relays of a board of this kind.</summary>
    int MostOutputs { get; }

    /// <summary>The most inputs of a board of this kind; 0 where their states cannot be asked.</summary>
    int MostInputs => 0;

    /// <summary>The board answers every request; one that does not is told about what it did only by <see cref="RelayVerb.Read"/>, or never.</summary>
    bool Answers(RelayVerb verb);

    /// <summary>The board can be asked this.</summary>
    bool Knows(RelayVerb verb);

    /// <summary>Writes a request. How many bytes.</summary>
    /// <param name="board">The board.</param>
    /// <param name="request">A request that the board <see cref="Knows"/>.</param>
    /// <param name="target">At least <see cref="LongestFrame"/> bytes.</param>
    int Write(RelayBoardOptions board, RelayRequest request, Span<byte> target);

    /// <summary>Reads the bytes that have come since the request.</summary>
    RelayReply Read(RelayBoardOptions board, RelayRequest request, ReadOnlySpan<byte> received);
}
