using KioskLink.Devices.Virtual;

namespace KioskLink.Devices.Tests.Virtual;

/// <summary>What is on the wire when the cable is pulled.</summary>
public sealed class CutWireTests
{
    private static readonly byte[] FirstRelayOn = [0xFF, 1, 1];

    [Fact]
    public void Bytes_that_are_on_the_wire_arrive()
    {
        var board = new VirtualKmTronicBoard();
        var arriving = board.Hearing(FirstRelayOn, TimeSpan.Zero);

        arriving();

        Assert.True(board.Outputs[0]);
    }

    [Fact]
    public void Bytes_that_were_on_the_wire_when_the_cable_was_pulled_never_arrive_even_when_it_is_back()
    {
        var board = new VirtualKmTronicBoard();
        var arriving = board.Hearing(FirstRelayOn, TimeSpan.Zero);

        board.LineChanged();
        arriving();

        Assert.False(board.Outputs[0]);
    }

    [Fact]
    public void Nor_do_they_after_the_board_was_without_power()
    {
        var board = new VirtualKmTronicBoard();
        var arriving = board.Hearing(FirstRelayOn, TimeSpan.Zero);

        board.PowerOff();
        board.PowerOn();
        arriving();

        Assert.False(board.Outputs[0]);
    }
}
