using KioskLink.Devices.Osdp;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>Who is polled how often, in virtual time: readers get what a module without cards or keys does not need, and the module still tells in time.</summary>
public sealed class PollShareTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(20);
    private static readonly OsdpLimits Limits = new();

    // POLL and ACK in clear, the quiet line and the device's thinking.
    private static TimeSpan Exchange(SimulatedLine line) => line.WireTime(8 + 8 + 2) + TimeSpan.FromMilliseconds(3);

    [Theory]
    [InlineData(9600, 1)]
    [InlineData(9600, 8)]
    [InlineData(38400, 4)]
    [InlineData(115200, 1)]
    [InlineData(115200, 8)]
    public async Task An_input_is_told_within_the_status_poll_interval_and_one_round(int baud, int readers)
    {
        var (line, devices) = LineOf(baud, readers);
        var changes = new List<TimeSpan>();
        var random = new Random(baud + readers);
        for (var (at, on) = (TimeSpan.FromSeconds(2), true); at < Duration - TimeSpan.FromSeconds(1); at += TimeSpan.FromMilliseconds(500 + random.Next(700)), on = !on)
        {
            var active = on;
            changes.Add(at);
            line.At(at, () => devices[^1].SetInput(0, active));
        }

        var start = line.Time.GetUtcNow();
        var told = (await line.RunAsync(Duration)).OfType<InputChanged>().Where(told => told.At - start > changes[0]).Select(told => told.At - start).ToList();

        Assert.Equal(changes.Count, told.Count);
        var bound = Limits.StatusPollInterval + (readers + 1) * Exchange(line) + line.WireTime(4);
        Assert.All(told.Zip(changes, (after, before) => after - before), reaction => Assert.InRange(reaction, TimeSpan.Zero, bound));
    }

    [Theory]
    [InlineData(9600, 1)]
    [InlineData(115200, 1)]
    [InlineData(115200, 8)]
    public async Task A_reader_is_polled_back_to_back_but_for_the_modules_share(int baud, int readers)
    {
        var (line, devices) = LineOf(baud, readers);

        await line.RunAsync(Duration);

        var modulesPolls = Duration / Limits.StatusPollInterval;
        var most = (Duration / Exchange(line) - modulesPolls) / readers;
        Assert.InRange(devices[^1].PolledAt.Count(), 0.5 * modulesPolls, 1.01 * modulesPolls);
        Assert.All(devices[..^1], reader => Assert.InRange(reader.PolledAt.Count(), 0.98 * most, 1.1 * most));
    }

    [Fact]
    public async Task A_module_without_readers_is_polled_at_its_pace_and_an_order_does_not_wait_for_it()
    {
        var module = SimulatedDevice.IoModule(1);
        var line = new SimulatedLine(38400, module);
        var beep = TimeSpan.FromSeconds(5) + TimeSpan.FromMilliseconds(3);
        OsdpBus? bus = null;
        line.At(beep, () => bus!.Beep("device-1", Devices.Readers.BeepPattern.Short));

        await line.RunAsync(TimeSpan.FromSeconds(10), running => bus = running);

        Assert.InRange(module.PolledAt.Count(), 90, 101);
        var heard = Assert.Single(module.Heard, heard => heard.Id == 0x6A);
        Assert.InRange(heard.At - beep, TimeSpan.Zero, 2 * Exchange(line));
    }

    [Fact]
    public async Task No_device_that_answers_is_left_without_a_poll_for_long_while_others_are_absent()
    {
        var (line, devices) = LineOf(9600, 8);
        foreach (var absent in devices[..4])
            absent.Powered = false;

        await line.RunAsync(TimeSpan.FromMinutes(1));

        Assert.All(devices[4..], device => Assert.InRange(device.LongestGap(), TimeSpan.Zero, TimeSpan.FromSeconds(2)));
    }

    [Theory]
    [InlineData(9600, 4)]
    [InlineData(38400, 4)]
    [InlineData(9600, 8)]
    [InlineData(115200, 8)]
    public async Task An_absent_reader_takes_of_the_others_one_slot_a_second_at_most(int baud, int readers)
    {
        var (line, devices) = LineOf(baud, readers);
        devices[0].Powered = false;

        await line.RunAsync(TimeSpan.FromMinutes(2));

        var round = (readers + 2) * Exchange(line) + TimeSpan.FromMilliseconds(10);
        Assert.All(devices[1..^1], reader =>
        {
            var polls = reader.PolledAt.Where(at => at > TimeSpan.FromMinutes(1)).ToList();
            var waits = polls.Zip(polls.Skip(1), (one, next) => next - one).Where(gap => gap > round).ToList();
            Assert.InRange(waits.Count, 0, 60);
            Assert.All(waits, gap => Assert.InRange(gap, round, round + Limits.ReplyTimeout));
        });
    }

    [Theory]
    [InlineData(9600)]
    [InlineData(38400)]
    public async Task A_card_at_a_reader_hardly_ever_waits_for_an_absent_one(int baud)
    {
        var (line, devices) = LineOf(baud, 2);
        devices[1].Powered = false;

        await line.RunAsync(TimeSpan.FromMinutes(10));

        // Of 1000 cards at any moment fewer than ten are delayed by more than 10 ms over a round of polls, and all of those but the whole slots by little.
        var round = 3 * Exchange(line) + TimeSpan.FromMilliseconds(10);
        Assert.InRange(ShareDelayed(devices[0], round), 0, 0.01);
    }

    [Fact]
    public async Task A_device_that_is_known_to_be_slow_comes_back_as_soon_as_any()
    {
        var (line, devices) = LineOf(38400, 2);
        devices[1].ReplyDelay = TimeSpan.FromMilliseconds(120);
        line.At(TimeSpan.FromSeconds(30), () => devices[1].Powered = false);
        line.At(TimeSpan.FromSeconds(150), () => devices[1].Powered = true);

        await line.RunAsync(TimeSpan.FromSeconds(170));

        Assert.Contains(devices[1].PolledAt, at => at > TimeSpan.FromSeconds(150) && at < TimeSpan.FromSeconds(160));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void A_share_so_slow_that_devices_would_end_their_session_is_refused(int seconds, bool accepted)
    {
        var options = new OsdpBusOptions
        {
            Id = "bus0",
            Path = "/dev/null",
            Devices = [new() { Id = "io", Address = 1, Secure = SecureMode.Clear }],
            Limits = new() { StatusPollInterval = TimeSpan.FromSeconds(seconds) },
        };

        Assert.Equal(accepted, !options.Problems().Any());
    }

    [Fact]
    public void A_limit_of_nothing_is_refused()
    {
        var options = new OsdpBusOptions
        {
            Id = "bus0",
            Path = "/dev/null",
            Devices = [new() { Id = "io", Address = 1, Secure = SecureMode.Clear }],
            Limits = new() { ReplyTimeout = TimeSpan.Zero },
        };

        Assert.Contains("zero or less", Assert.Single(options.Problems()), StringComparison.Ordinal);
    }

    private static double ShareDelayed(SimulatedDevice device, TimeSpan round)
    {
        var polls = device.PolledAt.Where(at => at > TimeSpan.FromMinutes(1)).ToList();
        return polls.Zip(polls.Skip(1), (one, next) => next - one).Where(gap => gap > round).Sum(gap => (gap - round) / (polls[^1] - polls[0]));
    }

    private static (SimulatedLine Line, SimulatedDevice[] Devices) LineOf(int baud, int readers)
    {
        SimulatedDevice[] devices = [.. Enumerable.Range(1, readers).Select(address => SimulatedDevice.Reader((byte)address)), SimulatedDevice.IoModule((byte)(readers + 1))];
        return (new SimulatedLine(baud, devices), devices);
    }
}
