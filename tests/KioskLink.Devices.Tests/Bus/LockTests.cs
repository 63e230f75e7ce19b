using KioskLink.Devices.Locks;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>Locks lock again whatever happens: by the board's timer, by the bus, at its start, at its stop.</summary>
public sealed class LockTests
{
    [Fact]
    public async Task A_board_without_timers_is_locked_again_by_the_bus()
    {
        await using var bench = await new Bench(timed: false).StartAsync("io");

        Assert.Equal(OutputResult.Acknowledged, await bench.Bus.UnlockAsync("io", 0, TimeSpan.FromMilliseconds(300)));

        await Bench.Until(bench.Module, () => !bench.Module.Outputs[0]);
        Assert.Equal([(0, true), (0, false)], bench.Switched);
    }

    [Fact]
    public async Task A_lock_left_open_is_locked_when_a_bus_starts()
    {
        await using var bench = new Bench(timed: false);
        await bench.StartAsync("io");
        await bench.Bus.UnlockAsync("io", 0, TimeSpan.FromHours(1));
        bench.Line.Unplug();
        await bench.RestartBusAsync();
        Assert.True(bench.Module.Outputs[0]);

        bench.Line.Replug();
        await bench.StartAsync("io");

        Assert.False(bench.Module.Outputs[0]);
    }

    [Fact]
    public async Task A_stopping_bus_locks()
    {
        await using var bench = await new Bench().StartAsync("io");
        await bench.Bus.UnlockAsync("io", 0, TimeSpan.FromHours(1));

        await bench.RestartBusAsync();

        Assert.False(bench.Module.Outputs[0]);
    }

    [Fact]
    public async Task A_magnet_is_released_for_a_time_and_holds_again()
    {
        await using var bench = await new Bench(change: options => options with
        {
            Devices = [options.Devices[1] with { Locks = [new LockOutput(2, LockedWhenOn: true)] }],
        }).StartAsync("io");
        Assert.True(bench.Module.Outputs[2]);

        await bench.Bus.UnlockAsync("io", 2, TimeSpan.FromMilliseconds(200));

        await Bench.Until(bench.Module, () => bench.Module.Outputs[2]);
        Assert.Equal([(2, true), (2, false), (2, true)], bench.Switched);
    }

    [Fact]
    public async Task Locking_cuts_a_running_unlock_short()
    {
        await using var bench = await new Bench().StartAsync("io");
        await bench.Bus.UnlockAsync("io", 0, TimeSpan.FromHours(1));

        Assert.Equal(OutputResult.Acknowledged, await bench.Bus.LockAsync("io", 0));

        Assert.False(bench.Module.Outputs[0]);
    }

    [Fact]
    public async Task An_order_to_an_absent_device_is_never_sent()
    {
        await using var bench = await new Bench().StartAsync("io");
        bench.Module.PowerOff();
        await bench.Until<DeviceOffline>(told => told.SourceId == "io");

        Assert.Equal(OutputResult.NotSent, await bench.Bus.UnlockAsync("io", 0, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Timed_codes_are_for_boards_with_timers_only()
    {
        var locks = new LockOutputs([new LockOutput(1), new LockOutput(2, LockedWhenOn: true, BoardTimed: false)]);

        Assert.Equal("01053200", Written(locks.Unlock(0, TimeSpan.FromSeconds(5), outputsTimed: true)));
        Assert.Equal("01020000", Written(locks.Unlock(0, TimeSpan.FromSeconds(5), outputsTimed: false)));
        Assert.Equal("02010000", Written(locks.Unlock(1, TimeSpan.FromSeconds(5), outputsTimed: true)));
        Assert.Equal("01050100", Written(locks.Unlock(0, TimeSpan.Zero, outputsTimed: true)));
        Assert.Equal("0101000002020000", Written(locks.LockAll(letTimersEnd: false)));
        Assert.Equal("0103000002020000", Written(locks.LockAll(letTimersEnd: true)));
    }

    private static string Written(Osdp.Commands.OutputCommand command)
    {
        var data = new byte[Osdp.Commands.OsdpCommand.LargestData];
        return Convert.ToHexString(data.AsSpan(0, command.Write(data)));
    }
}
