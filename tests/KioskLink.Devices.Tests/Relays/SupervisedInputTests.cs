using KioskLink.Devices.Profiles;
using KioskLink.Devices.Relays;

namespace KioskLink.Devices.Tests.Relays;

/// <summary>Two contacts of one switch on two inputs of a relay board: exactly one is closed, and both or neither is a fault of their line.</summary>
public sealed class SupervisedInputTests
{
    private const uint AtRest = 0b10;
    private const uint Active = 0b01;
    private const uint Neither = 0b00;
    private const uint Both = 0b11;

    private readonly List<DeviceEvent> _told = [];
    private readonly RelayInputs _inputs;

    public SupervisedInputTests() => _inputs = new RelayInputs(BoardOf(inputs: 2, 0), _told.Add, TimeProvider.System);

    [Fact]
    public void Two_contacts_are_told_as_one_input()
    {
        _inputs.Take(AtRest);
        _inputs.Take(Active);
        _inputs.Take(AtRest);

        Assert.Equal(["0 False", "0 True", "0 False"], Told());
    }

    [Theory]
    [InlineData(Neither)]
    [InlineData(Both)]
    public void Both_or_neither_is_a_fault_of_the_line_told_once_and_of_no_contact(uint fault)
    {
        _inputs.Take(AtRest);
        Take(fault, looks: 10);

        Assert.Equal(["0 False", "line 0 False"], Told());
    }

    [Fact]
    public void A_contact_on_its_way_from_one_to_the_other_is_no_fault()
    {
        _inputs.Take(AtRest);
        for (var turn = 0; turn < 10; turn++)
        {
            Take(Neither, looks: RelayInputs.FaultLooks - 1);
            _inputs.Take(turn % 2 == 0 ? Active : AtRest);
        }

        Assert.DoesNotContain(_told, told => told is InputLineReported);
        Assert.Equal(11, _told.Count);
    }

    [Theory]
    [InlineData(Active, "0 True")]
    [InlineData(AtRest, "0 False")]
    public void What_the_contact_did_during_the_fault_is_told_after_its_end(uint after, string told)
    {
        _inputs.Take(AtRest);
        Take(Neither, looks: RelayInputs.FaultLooks);
        _inputs.Take(after);

        Assert.Equal(["0 False", "line 0 False", "line 0 True", told], Told());
    }

    [Fact]
    public void A_line_that_is_at_fault_from_the_start_tells_no_contact()
    {
        Take(Both, looks: RelayInputs.FaultLooks);

        Assert.Equal(["line 0 False"], Told());
    }

    [Fact]
    public void The_end_of_a_fault_is_told_of_a_board_that_was_gone_meanwhile()
    {
        Take(Both, looks: RelayInputs.FaultLooks);
        _inputs.Forget();
        _inputs.Take(AtRest);

        Assert.Equal(["line 0 False", "line 0 True", "0 False"], Told());
    }

    [Fact]
    public void A_board_has_both_kinds_of_inputs_beside_each_other()
    {
        var inputs = new RelayInputs(BoardOf(inputs: 4, 1), _told.Add, TimeProvider.System);
        inputs.Take(0b1101);
        inputs.Take(0b0011);

        Assert.Equal(["0 True", "1 False", "3 True", "1 True", "3 False"], Told());
    }

    [Fact]
    public void Two_contacts_that_have_not_two_inputs_of_their_own_are_refused()
    {
        Assert.Contains("\"supervisedInputs\" names input 7, whose second contact is on input 8, and there are 8, counted from 0", Assert.Single(OptionsOf(7).Problems()), StringComparison.Ordinal);
        Assert.Contains("\"supervisedInputs\" uses input 2 or 3 twice", Assert.Single(OptionsOf(2, 3).Problems()), StringComparison.Ordinal);
        Assert.Contains("\"supervisedInputs\" uses input 2 or 3 twice", Assert.Single(OptionsOf(2, 2).Problems()), StringComparison.Ordinal);
        Assert.Empty(OptionsOf(0, 2, 6).Problems());
    }

    private static RelayBoardOptions BoardOf(int inputs, params int[] supervised) => new() { Id = "board", Outputs = 8, Inputs = inputs, SupervisedInputs = supervised };

    private static RelayBusOptions OptionsOf(params int[] supervised) =>
        new() { Id = "bus", Path = "/dev/serial/by-id/x", Protocol = DeviceProtocol.ModbusRtu, Boards = [BoardOf(inputs: 8, supervised)] };

    private void Take(uint states, int looks)
    {
        for (var look = 0; look < looks; look++)
            _inputs.Take(states);
    }

    private IEnumerable<string> Told() => _told.Select(told => told switch
    {
        InputChanged changed => $"{changed.Input} {changed.Active}",
        InputLineReported line => $"line {line.Input} {line.InOrder}",
        _ => $"{told}",
    });
}
