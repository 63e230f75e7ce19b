using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>One slow or dead device delays no other door, in virtual time: what the reader beside it loses.</summary>
public sealed class SlowNeighbourTests
{
    private const byte FileTransfer = 0x7C;
    private static readonly TimeSpan Event = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(60);
    private static readonly OsdpLimits Limits = new();

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public async Task A_board_that_falls_silent_at_an_order_keeps_a_reader_waiting_for_one_try_at_a_time(byte readerAddress, byte boardAddress)
    {
        var reader = SimulatedDevice.Reader(readerAddress);
        var board = new SimulatedDevice(boardAddress, [1, 2, 4, 2, 4, 4], inputs: 4) { Locks = [new LockOutput(0)] };
        var line = readerAddress < boardAddress ? new SimulatedLine(9600, reader, board) : new SimulatedLine(9600, board, reader);
        Task<OutputResult>? unlock = null;
        OsdpBus? bus = null;
        line.At(Event, () => (board.Powered, unlock) = (false, bus!.UnlockAsync($"device-{boardAddress}", 0, TimeSpan.FromSeconds(3))));

        await line.RunAsync(2 * Event, running => bus = running);

        Assert.Equal(OutputResult.Unacknowledged, await unlock!);
        Assert.InRange(reader.LongestGap(since: Event - Round), Limits.ReplyTimeout, Limits.ReplyTimeout + Round);
    }

    [Fact]
    public async Task A_slow_device_leaves_most_of_the_line_to_the_others_and_is_still_polled()
    {
        var (reader, slow) = (SimulatedDevice.Reader(1), SimulatedDevice.Reader(2));
        slow.ReplyDelay = TimeSpan.FromMilliseconds(150);
        var line = new SimulatedLine(9600, reader, slow);

        await line.RunAsync(TimeSpan.FromSeconds(20));

        var gaps = reader.PolledAt.Where(at => at > Event).ToList();
        var delayed = gaps.Zip(gaps.Skip(1), (one, next) => next - one).Where(gap => gap > Round).Sum(gap => gap / (gaps[^1] - gaps[0]));
        Assert.InRange(delayed, 0.1, 0.33);
        Assert.InRange(slow.LongestGap(since: Event), TimeSpan.Zero, Limits.SlowPause);
    }

    [Fact]
    public async Task A_slow_device_that_is_alone_is_polled_back_to_back()
    {
        var slow = SimulatedDevice.Reader(1);
        slow.ReplyDelay = TimeSpan.FromMilliseconds(150);
        var line = new SimulatedLine(9600, slow);

        await line.RunAsync(TimeSpan.FromSeconds(20));

        Assert.InRange(slow.LongestGap(since: Event), TimeSpan.Zero, slow.ReplyDelay + Round);
    }

    [Fact]
    public async Task A_device_that_reboots_at_a_fragment_of_a_file_is_waited_for_long_once()
    {
        var (reader, rebooting) = (SimulatedDevice.Reader(1), SimulatedDevice.Reader(2));
        rebooting.DiesAt = FileTransfer;
        var line = new SimulatedLine(115200, reader, rebooting);
        OsdpBus? bus = null;
        line.At(Event, () => bus!.SendFileAsync("device-2", new DeviceFile(new byte[1000])));

        await line.RunAsync(2 * Event, running => bus = running);

        var polls = reader.PolledAt.Where(at => at > Event - Round).ToList();
        var longest = polls.Zip(polls.Skip(1), (one, next) => next - one).Where(gap => gap > Limits.ReplyTimeout + Round).ToList();
        Assert.InRange(Assert.Single(longest), Limits.FileReplyTimeout, Limits.FileReplyTimeout + Round);
    }
}
