using KioskLink.Devices.Osdp;
using KioskLink.Devices.Serial;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>What disturbs a whole line, in virtual time: stuck transmitters, noise before a reply, ports that come back changed.</summary>
public sealed class LineTroubleTests
{
    [Theory]
    [InlineData(0x00)]
    [InlineData(0x53)]
    public async Task A_stuck_transmitter_holds_no_bus_for_ever(byte babble)
    {
        var line = new SimulatedLine(9600, SimulatedDevice.Reader(1));
        line.Babble(TimeSpan.Zero, TimeSpan.FromSeconds(30), babble);

        var told = await line.RunAsync(TimeSpan.FromSeconds(45));

        Assert.Contains(told, happened => happened is DeviceOffline && happened.At < VirtualTime.Noon.AddSeconds(10));
        Assert.Contains(told, happened => happened is DeviceOnline && happened.At > VirtualTime.Noon.AddSeconds(30));
    }

    [Fact]
    public async Task A_bus_stops_while_a_transmitter_is_stuck()
    {
        var line = new SimulatedLine(9600, SimulatedDevice.Reader(1));
        line.Babble(TimeSpan.Zero, TimeSpan.MaxValue, 0x00);

        Assert.Contains(await line.RunAsync(TimeSpan.FromSeconds(10)), happened => happened is DeviceOffline);
    }

    [Theory]
    [InlineData("53")]
    [InlineData("53818000")]
    [InlineData("FF53FFFF5300")]
    public async Task Noise_that_looks_like_the_start_of_a_frame_costs_no_reply(string noise)
    {
        var reader = SimulatedDevice.Reader(1);
        var line = new SimulatedLine(9600, reader);
        for (var count = 0; count < 10; count++)
            reader.Spoilt.Enqueue(reply => [.. Convert.FromHexString(noise), .. reply]);
        OsdpBus? bus = null;

        await line.RunAsync(TimeSpan.FromSeconds(5), running => bus = running);

        Assert.Empty(reader.Spoilt);
        Assert.Equal((0, 0), (bus!.Status[0].Counters.Retries, bus.Status[0].Counters.Damaged));
    }

    [Fact]
    public async Task A_reply_cut_off_is_asked_for_again_within_a_quarter_of_a_second()
    {
        var reader = SimulatedDevice.Reader(1);
        var line = new SimulatedLine(9600, reader);
        var cut = TimeSpan.Zero;
        line.At(TimeSpan.FromSeconds(2), () => reader.Spoilt.Enqueue(reply =>
        {
            cut = line.Now;
            return [.. reply[..5], 0x00, 0xFF];
        }));

        var told = await line.RunAsync(TimeSpan.FromSeconds(4));

        var again = reader.PolledAt.First(at => at > cut);
        Assert.InRange(again - cut, TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
        Assert.Single(told.OfType<DeviceOnline>());
    }

    [Fact]
    public async Task What_hinders_a_port_that_came_back_is_told()
    {
        var line = new SimulatedLine(9600, SimulatedDevice.Reader(1));
        line.At(TimeSpan.FromSeconds(2), () => (line.Gone, line.Hindrance) = (true, new(PortProblemKind.Missing, "gone")));
        line.At(TimeSpan.FromSeconds(4), () => line.Hindrance = new(PortProblemKind.Denied, "forbidden"));
        line.At(TimeSpan.FromSeconds(8), () => line.Hindrance = null);

        var told = await line.RunAsync(TimeSpan.FromSeconds(10));

        var lost = told.OfType<PortLost>().Select(happened => happened.Sentence).ToList();
        Assert.Equal(2, lost.Count);
        Assert.Equal("forbidden", lost[1]);
        Assert.Equal(2, told.OfType<PortBack>().Count());
    }

    [Fact]
    public async Task A_device_that_answers_for_another_address_is_not_believed()
    {
        var (one, two) = (SimulatedDevice.Reader(1), SimulatedDevice.Reader(2));
        var line = new SimulatedLine(38400, one, two);
        // From its session on, device 1 answers as if it were device 2: each poll brings a card that is none of device 2's.
        line.At(TimeSpan.FromSeconds(2), () =>
        {
            for (var count = 0; count < 100; count++)
                one.Spoilt.Enqueue(reply => Devices.Virtual.VirtualFrame.Reply(2, reply[4] & 3, [], 0x50, [0, 0, 16, 0, 0x12, 0x34]));
        });

        var told = await line.RunAsync(TimeSpan.FromSeconds(6));

        Assert.DoesNotContain(told, happened => happened is CardScanned);
        Assert.Contains(told, happened => happened is DeviceOffline { SourceId: "device-1" });
        Assert.DoesNotContain(told, happened => happened is DeviceOffline { SourceId: "device-2" });
    }
}
