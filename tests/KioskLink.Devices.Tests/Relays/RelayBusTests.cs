using KioskLink.Devices.Locks;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Relays;

/// <summary>Relay boards of every kind on a real pty: they unlock once, lock again whatever happens, and come back when they have vanished.</summary>
public sealed class RelayBusTests
{
    public static TheoryData<string> Kinds => new("modbus-rtu", "kmtronic", "lctech", "numato", "devantech");

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_unlock_is_confirmed_and_ends_by_itself(string kind)
    {
        await using var bench = await RelayBench.Of(kind).StartAsync();

        Assert.Equal(OutputResult.Acknowledged, await bench.UnlockAsync(0.3));

        Assert.Equal((0, true), await bench.Switched.Next("unlocked"));
        Assert.Equal((0, false), await bench.Switched.Next("locked again"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_lock_that_was_left_open_is_locked_at_the_start(string kind)
    {
        await using var bench = RelayBench.Of(kind);
        bench.Board.Force(0, true);

        await bench.StartAsync();

        await Patience.Until(() => !bench.Board.Outputs[0], "locked");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Locking_cuts_an_unlock_short(string kind)
    {
        await using var bench = await RelayBench.Of(kind).StartAsync();
        await bench.UnlockAsync(3600);

        Assert.Equal(OutputResult.Acknowledged, await bench.LockAsync());

        await bench.Switched.NextWhere(switched => switched == (0, false), "locked");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_stopping_bus_locks(string kind)
    {
        await using var bench = await RelayBench.Of(kind).StartAsync();
        await bench.UnlockAsync(3600);

        await bench.StopAsync();

        await bench.Switched.NextWhere(switched => switched == (0, false), "locked");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_magnet_that_holds_while_on_is_released_for_a_time(string kind)
    {
        await using var bench = await RelayBench.Of(kind, lockedWhenOn: true).StartAsync();
        await Patience.Until(() => bench.Board.Outputs[0], "held");
        bench.Switched.Drain();

        Assert.Equal(OutputResult.Acknowledged, await bench.UnlockAsync(0.2));

        await bench.Switched.NextWhere(switched => switched == (0, true), "held again");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_pulled_board_is_locked_and_usable_when_it_is_back(string kind)
    {
        await using var bench = await RelayBench.Of(kind).StartAsync();
        await bench.UnlockAsync(3600);

        bench.Line.Unplug();
        await bench.Until<PortLost>();
        Assert.Equal(OutputResult.NotSent, await bench.UnlockAsync(1));
        bench.Line.Replug();
        await bench.Until<DeviceOnline>();

        await Patience.Until(() => !bench.Board.Outputs[0], "locked");
        Assert.Equal(OutputResult.Acknowledged, await bench.UnlockAsync(0.2));
    }

    [Theory]
    [InlineData("modbus-rtu")]
    [InlineData("kmtronic")]
    [InlineData("numato")]
    [InlineData("devantech")]
    public async Task A_lock_that_somebody_else_has_unlocked_is_locked(string kind)
    {
        await using var bench = await RelayBench.Of(kind).StartAsync();

        bench.Board.Force(0, true);

        await Patience.Until(() => !bench.Board.Outputs[0], "locked");
    }

    [Theory]
    [InlineData("modbus-rtu")]
    [InlineData("kmtronic")]
    [InlineData("numato")]
    [InlineData("devantech")]
    public async Task A_board_without_supply_is_told_and_takes_no_order_for_later(string kind)
    {
        await using var bench = await RelayBench.Of(kind).StartAsync();

        bench.Board.PowerOff();
        await bench.Until<DeviceOffline>();
        Assert.Equal(OutputResult.NotSent, await bench.UnlockAsync(1));
        bench.Switched.Drain();
        bench.Board.PowerOn();
        await bench.Until<DeviceOnline>();

        Assert.DoesNotContain((0, true), bench.Switched.Drain());
    }

    [Fact]
    public async Task A_lost_confirmation_is_asked_for_and_the_door_opens_once()
    {
        var board = new VirtualModbusBoard(1);
        await using var bench = await new RelayBench("modbus-rtu", board, timed: true).StartAsync();
        var obeyed = board.Obeyed;
        bench.Line.Faults.DropReplies(1);

        var unlocked = await bench.UnlockAsync(3600);

        Assert.Equal(OutputResult.Acknowledged, unlocked);
        Assert.True(board.Obeyed - obeyed <= 1, "the pulse was sent twice");
    }

    [Fact]
    public async Task An_unlock_that_the_board_did_not_hear_is_sent_again()
    {
        await using var bench = await RelayBench.Of("modbus-rtu").StartAsync();
        bench.Line.Faults.CorruptCommands(1);

        Assert.Equal(OutputResult.Acknowledged, await bench.UnlockAsync(3600));
        Assert.True(bench.Board.Outputs[0]);
    }

    [Fact]
    public async Task An_adapter_that_hears_itself_confirms_nothing()
    {
        await using var bench = RelayBench.Of("modbus-rtu");
        bench.Line.Faults.Echo = true;
        await bench.StartAsync();
        Assert.Equal(OutputResult.Acknowledged, await bench.UnlockAsync(3600));

        bench.Board.PowerOff();

        Assert.NotEqual(OutputResult.Acknowledged, await bench.UnlockAsync(3600));
    }

    [Fact]
    public async Task A_pulse_that_the_board_does_not_know_is_rejected()
    {
        await using var bench = await new RelayBench("modbus-rtu", new VirtualModbusBoard(1) { Timed = false }, timed: true).StartAsync();

        Assert.Equal(OutputResult.Rejected, await bench.UnlockAsync(1));
        Assert.False(bench.Board.Outputs[0]);
    }

    [Fact]
    public async Task A_board_that_never_answers_keeps_its_neighbour_waiting_for_one_time_out_only()
    {
        await using var bench = RelayBench.Of("modbus-rtu");
        var absent = bench.Options.Boards[0] with { Id = "absent", Address = 2 };
        await using var bus = new KioskLink.Devices.Relays.RelayBus(
            bench.Options with { Boards = [absent, bench.Options.Boards[0]] }, DeviceEvent.CreateQueue().Writer, TimeProvider.System);
        Assert.Null(bus.Start());
        await Patience.Until(() => bus.Status[1].Online, "the neighbour");

        Assert.Equal(OutputResult.Acknowledged, await bus.UnlockAsync("board", 0, TimeSpan.FromSeconds(3600)));
        Assert.False(bus.Status[0].Online);
    }
}
