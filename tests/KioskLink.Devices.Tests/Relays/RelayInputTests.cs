using System.Threading.Channels;
using KioskLink.Devices.Locks;
using KioskLink.Devices.Profiles;
using KioskLink.Devices.Relays;
using KioskLink.Devices.Tests.Bus;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Relays;

/// <summary>Contacts and buttons on the inputs of a relay board: told once when it comes, then each change, also while locks move.</summary>
public sealed class RelayInputTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Channel<DeviceEvent> _events = DeviceEvent.CreateQueue();
    private readonly VirtualModbusBoard _board = new(1) { Inputs = 8 };
    private readonly VirtualLine _line;
    private readonly RelayBus _bus;

    public RelayInputTests()
    {
        _line = new VirtualLine(_folder["relays"], 115200, [_board], TimeProvider.System);
        _bus = new RelayBus(OptionsOf(inputs: 8), _events.Writer, TimeProvider.System);
    }

    [Fact]
    public async Task Every_input_is_told_before_the_board_is_online_and_then_each_change()
    {
        _board.SetInput(3, true);
        Assert.Null(_bus.Start());

        for (var input = 0; input < 8; input++)
            AssertTold(input, input == 3, await _events.Reader.NextAsync<InputChanged>());
        Assert.Equal(8, (await _events.Reader.NextAsync<DeviceOnline>()).Capabilities.Inputs);

        _board.SetInput(3, false);
        AssertTold(3, false, await _events.Reader.NextAsync<InputChanged>());
        Assert.Equal(OutputResult.Acknowledged, await _bus.UnlockAsync("board", 0, TimeSpan.FromHours(1)));
        _board.SetInput(7, true);
        AssertTold(7, true, await _events.Reader.NextAsync<InputChanged>());
    }

    [Fact]
    public async Task Every_input_is_told_again_when_the_board_comes_back()
    {
        Assert.Null(_bus.Start());
        await _events.Reader.NextAsync<DeviceOnline>();

        _line.Unplug();
        await _events.Reader.NextAsync<DeviceOffline>();
        _board.SetInput(0, true);
        _line.Replug();

        AssertTold(0, true, await _events.Reader.NextAsync<InputChanged>());
        AssertTold(1, false, await _events.Reader.NextAsync<InputChanged>());
        await _events.Reader.NextAsync<DeviceOnline>();
    }

    [Fact]
    public void Inputs_that_a_board_cannot_tell_are_refused()
    {
        Assert.Contains("a modbus-rtu board has 0 to 32 inputs, and its profile says 33", Assert.Single(OptionsOf(inputs: 33).Problems()), StringComparison.Ordinal);
        var numato = OptionsOf(inputs: 1) with { Protocol = DeviceProtocol.Numato, Boards = [OptionsOf(inputs: 1).Boards[0] with { Timed = false }] };
        Assert.Contains("inputs of numato boards cannot be asked: remove \"inputs\"", Assert.Single(numato.Problems()), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _bus.DisposeAsync();
        _line.Dispose();
        _folder.Dispose();
    }

    private static void AssertTold(int input, bool active, InputChanged told) => Assert.Equal((input, active), (told.Input, told.Active));

    private RelayBusOptions OptionsOf(int inputs) => new()
    {
        Id = "bus",
        Path = _folder["relays"],
        Baud = 115200,
        Protocol = DeviceProtocol.ModbusRtu,
        Boards = [new() { Id = "board", Outputs = 8, Inputs = inputs, Timed = true, Locks = [new LockOutput(0)] }],
    };
}
