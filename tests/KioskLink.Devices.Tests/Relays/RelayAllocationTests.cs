using KioskLink.Devices.Relays;
using KioskLink.Devices.Serial;
using KioskLink.Devices.Tests.Ports;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Relays;

/// <summary>A line of relay boards polls for years: it allocates nothing while nothing happens.</summary>
public sealed class RelayAllocationTests
{
    [Theory]
    [InlineData("modbus-rtu")]
    [InlineData("kmtronic")]
    [InlineData("numato")]
    [InlineData("devantech")]
    public async Task Polling_allocates_nothing(string kind)
    {
        await using var bench = RelayBench.Of(kind);
        var link = new MeasuringLink(new SerialPort(bench.Line.Path, bench.Options.Baud));
        var options = bench.Options with { Limits = bench.Options.Limits with { PollInterval = TimeSpan.FromMilliseconds(5) } };
        await using var bus = new RelayBus(options, DeviceEvent.CreateQueue().Writer, TimeProvider.System, link);
        Assert.Null(bus.Start());

        await link.Measured.Task.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.True(bus.Status[0].Online);
        Assert.Equal(0, link.Allocated);
    }

    [Fact]
    public async Task A_damaged_answer_costs_one_retry_and_no_board()
    {
        await using var bench = await RelayBench.Of("modbus-rtu").StartAsync();

        for (var damaged = 0; damaged < 5; damaged++)
        {
            bench.Line.Faults.CorruptReplies(1);
            await Patience.Until(() => bench.Bus.Status[0].Counters.Damaged > damaged, "the damage");
            var answered = bench.Bus.Status[0].Counters.Exchanges;
            await Patience.Until(() => bench.Bus.Status[0].Counters.Exchanges > answered, "the answer to the retry");
        }

        Assert.True(bench.Bus.Status[0].Online);
        Assert.Equal(1, bench.Bus.Status[0].Counters.Sessions);
    }
}
