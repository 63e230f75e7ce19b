using KioskLink.Devices.Locks;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>What adapters and cables do to a secure session over a real pseudo-terminal: echo, delay, loss, and a plug pulled at the worst moment.</summary>
public sealed class AdapterFaultTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_adapter_that_hears_itself_disturbs_nothing(bool secure)
    {
        await using var bench = new Bench(secure);
        bench.Line.Faults.Echo = true;
        await bench.StartAsync("reader", "io");
        await bench.UntilFresh();

        bench.Reader.PresentCard("24400000000012");

        Assert.Equal("24400000000012", (await bench.Until<CardScanned>()).Card.Number);
        Assert.Equal(OutputResult.Acknowledged, await bench.Bus.UnlockAsync("io", 0, TimeSpan.FromMilliseconds(100)));
        Assert.All(bench.Bus.Status, device => Assert.Equal((0, 0, 1), (device.Counters.Damaged, device.Counters.Unauthentic, device.Counters.Sessions)));
    }

    [Fact]
    public async Task A_plug_pulled_in_the_middle_of_a_reply_leaves_no_half_of_it_behind()
    {
        await using var bench = await new Bench().StartAsync("reader", "io");
        await bench.UntilFresh();
        // A reply of 30 bytes in pieces takes a second: the plug is pulled between two of them.
        (bench.Line.Faults.SplitInto, bench.Line.Faults.SplitPause) = (3, TimeSpan.FromMilliseconds(40));
        bench.Reader.PresentCard("24400000000012");
        await Bench.Until(bench.Reader, () => !bench.Reader.HoldsCard);

        bench.Line.Unplug();
        (bench.Line.Faults.SplitInto, bench.Line.Faults.SplitPause) = (0, TimeSpan.Zero);
        await bench.Until<PortLost>();
        bench.Line.Replug();
        await bench.Until<DeviceOnline>(told => told.SourceId == "reader");
        await bench.UntilFresh();
        bench.Reader.PresentCard("24400000000038");

        Assert.Equal("24400000000038", (await bench.Until<CardScanned>()).Card.Number);
        Assert.DoesNotContain(bench.Passed, told => told is KeyAlarm);
    }

    [Fact]
    public async Task A_card_whose_reply_is_lost_is_told_once_by_the_reply_to_the_same_frame()
    {
        await using var bench = await new Bench().StartAsync("reader", "io");
        await bench.UntilFresh();

        bench.Line.Faults.DropReplies(1);
        bench.Reader.PresentCard("24400000000012");
        await bench.Until<CardScanned>();
        await Bench.Until(bench.Reader, () => bench.Reader.SessionPolls > 20);
        bench.Reader.SetTamper(true);
        await bench.Until<TamperChanged>(told => told.Tampered);

        Assert.Single(bench.Passed.OfType<CardScanned>());
        Assert.All(bench.Bus.Status, device => Assert.Equal(1, device.Counters.Sessions));
    }

    [Fact]
    public async Task Replies_that_come_late_cost_no_session_and_are_not_taken_for_others()
    {
        // The line's time is the machine's: a pause of it must not use up the tries and pass for a lost session.
        await using var bench = await new Bench(change: options => options with { Limits = new() { Retries = 20 } }).StartAsync("reader", "io");
        await bench.UntilFresh();

        // Later than the reply time-out: the answer to the first frame arrives after it was sent again.
        bench.Line.Faults.DelayReplies(1, TimeSpan.FromMilliseconds(230));
        bench.Reader.PresentCard("24400000000012");

        Assert.Equal("24400000000012", (await bench.Until<CardScanned>()).Card.Number);
        Assert.Equal(OutputResult.Acknowledged, await bench.Bus.UnlockAsync("io", 0, TimeSpan.FromMilliseconds(100)));
        Assert.DoesNotContain(bench.Passed, told => told is DeviceOffline or KeyAlarm);
        Assert.All(bench.Bus.Status, device => Assert.Equal(1, device.Counters.Sessions));
        Assert.Single(bench.Passed.OfType<CardScanned>());
    }

    [Fact]
    public async Task Cards_and_keys_under_the_install_key_are_never_fresh()
    {
        await using var bench = new InstallBench(Osdp.SecureMode.Install);
        await bench.Until<DeviceOnline>();
        await Bench.Until(bench.Reader, () => bench.Reader.SessionPolls > 5);

        bench.Reader.PresentCard("24400000000012");

        Assert.True((await bench.Until<CardScanned>()).Stale);
    }
}
