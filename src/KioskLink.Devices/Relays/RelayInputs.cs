namespace KioskLink.Devices.Relays;

/// <summary>The inputs of one board: told once each when it comes, then each change; of two contacts that watch each other also the fault of their line. The bus's thread alone uses it.</summary>
internal sealed class RelayInputs(RelayBoardOptions board, Action<DeviceEvent> tell, TimeProvider clock)
{
    /// <summary>In how many looks in a row both or neither of two contacts must be closed to be a fault: a contact on its way from one to the other closes neither for a moment.</summary>
    public const int FaultLooks = 3;

    private readonly bool?[] _told = new bool?[IRelayProtocol.MostStates];
    private readonly int[] _astray = new int[IRelayProtocol.MostStates];
    private readonly bool[] _isFaulty = new bool[IRelayProtocol.MostStates];
    private readonly uint _first = board.SupervisedInputs.Aggregate(0u, (mask, input) => mask | 1u << input);

    public bool Any => board.Inputs > 0;

    /// <summary>The board has told its inputs, input 0 in bit 0.</summary>
    public void Take(uint states)
    {
        for (var input = 0; input < board.Inputs; input++)
            if (IsOn(_first, input))
                Watch(input, IsOn(states, input), IsOn(states, input + 1));
            else if (!IsOn(_first, input - 1))
                Tell(input, IsOn(states, input));
    }

    /// <summary>The board is gone: what its inputs do meanwhile nobody knows. A line that was at fault is so until it is told otherwise.</summary>
    public void Forget() => _told.AsSpan().Clear();

    private static bool IsOn(uint states, int input) => input >= 0 && (states >> input & 1) != 0;

    private void Watch(int input, bool isActive, bool isAtRest)
    {
        if (isActive != isAtRest)
        {
            _astray[input] = 0;
            TellLine(input, isFaulty: false);
            Tell(input, isActive);
        }
        else if (_astray[input] < FaultLooks && ++_astray[input] == FaultLooks)
        {
            TellLine(input, isFaulty: true);
        }
    }

    private void Tell(int input, bool active)
    {
        if (_told[input] == active)
            return;
        _told[input] = active;
        tell(new InputChanged(board.Id, input, active, clock.GetUtcNow()));
    }

    // What the contact did meanwhile is told after it.
    private void TellLine(int input, bool isFaulty)
    {
        if (_isFaulty[input] == isFaulty)
            return;
        (_isFaulty[input], _told[input]) = (isFaulty, null);
        tell(new InputLineReported(board.Id, input, !isFaulty, clock.GetUtcNow()));
    }
}
