namespace KioskLink.Devices.Relays;

/// <summary>The inputs of one board: told once each when it comes, then each change.</summary>
internal sealed class RelayInputs(RelayBoardOptions board, Action<DeviceEvent> tell, TimeProvider clock)
{
    private uint? _known;

    public bool Any => board.Inputs > 0;

    /// <summary>The board has told its inputs, input 0 in bit 0.</summary>
    public void Take(uint states)
    {
        for (var input = 0; input < board.Inputs; input++)
        {
            var active = (states >> input & 1) != 0;
            if (_known is not { } known || (known >> input & 1) != 0 != active)
                tell(new InputChanged(board.Id, input, active, clock.GetUtcNow()));
        }
        _known = states;
    }

    /// <summary>The board is gone: what its inputs do meanwhile nobody knows.</summary>
    public void Forget() => _known = null;
}
