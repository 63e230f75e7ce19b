using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Readers;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>What goes wrong on a line, and that the bus gets over it.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task A_pulled_and_returned_adapter_works_again()
    {
        await using var bench = await new Bench().StartAsync("reader", "io");

        bench.Line.Unplug();
        var lost = await bench.Until<PortLost>();
        Assert.Contains(bench.Line.Path, lost.Sentence, StringComparison.Ordinal);
        bench.Line.Replug();
        await bench.Until<PortBack>();
        await bench.Until<DeviceOnline>(told => told.SourceId == "reader");
        await bench.UntilFresh();
        bench.Reader.PresentCard("24400000000012");

        Assert.False((await bench.Until<CardScanned>()).Stale);
    }

    [Fact]
    public async Task A_port_that_comes_late_is_waited_for()
    {
        await using var bench = new Bench();
        bench.Line.Unplug();

        await bench.StartAsync();
        await bench.Until<PortLost>();
        bench.Line.Replug();

        await bench.Until<DeviceOnline>();
    }

    [Fact]
    public async Task A_second_program_on_the_port_is_told_so_in_one_sentence()
    {
        await using var bench = await new Bench().StartAsync("reader");
        await using var second = new OsdpBus(bench.Options, DeviceEvent.CreateQueue().Writer, TimeProvider.System);

        var problem = second.Start();

        Assert.Equal(Serial.PortProblemKind.Busy, problem?.Kind);
        Assert.Contains("held by another program", problem!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_re_powered_reader_has_a_new_secure_session_and_its_neighbour_keeps_its_own()
    {
        await using var bench = await new Bench().StartAsync("reader", "io");
        var neighbourSessions = bench.Module.SessionsSeen;

        bench.Reader.PowerOff();
        bench.Reader.PowerOn();
        await bench.Until<DeviceOnline>(told => told.SourceId == "reader");

        Assert.True(bench.Reader.Secured);
        Assert.Equal(neighbourSessions, bench.Module.SessionsSeen);
    }

    [Fact]
    public async Task An_absent_reader_is_told_once_and_its_neighbour_works_on()
    {
        await using var bench = await new Bench().StartAsync("reader", "io");

        bench.Reader.PowerOff();
        await bench.Until<DeviceOffline>(told => told.SourceId == "reader");
        Assert.False(bench.Bus.Beep("reader", BeepPattern.Short));
        Assert.Equal(OutputResult.Acknowledged, await bench.Bus.UnlockAsync("io", 0, TimeSpan.FromMilliseconds(100)));
        bench.Reader.PowerOn();

        await bench.Until<DeviceOnline>(told => told.SourceId == "reader");
        Assert.Single(bench.Passed.OfType<DeviceOffline>(), told => told.SourceId == "reader");
    }

    [Fact]
    public async Task A_damaged_reply_is_asked_for_again_and_nothing_is_done_twice()
    {
        await using var bench = await new Bench().StartAsync("reader", "io");

        for (var round = 0; round < 5; round++)
        {
            bench.Line.Faults.CorruptReplies(1);
            Assert.Equal(OutputResult.Acknowledged, await bench.Bus.UnlockAsync("io", 0, TimeSpan.FromMilliseconds(100)));
            await Bench.Until(bench.Module, () => !bench.Module.Outputs[0]);
        }

        Assert.Equal(5, bench.Switched.Count(switched => switched.On));
        Assert.DoesNotContain(bench.Passed, told => told is DeviceOffline or KeyAlarm);
        Assert.True(bench.Bus.Status.Sum(device => device.Counters.Damaged) > 0);
    }

    [Fact]
    public async Task A_damaged_command_is_sent_again()
    {
        await using var bench = await new Bench().StartAsync("reader");

        bench.Line.Faults.CorruptCommands(2);
        Assert.True(bench.Bus.Beep("reader", BeepPattern.Short));

        await Bench.Until(bench.Reader, () => bench.Reader.Tones == 1);
    }

    [Fact]
    public async Task A_reply_in_pieces_is_put_together()
    {
        await using var bench = await new Bench().StartAsync("reader");
        await bench.UntilFresh();

        bench.Line.Faults.SplitPause = TimeSpan.FromMilliseconds(2);
        bench.Line.Faults.SplitInto = 3;
        bench.Reader.PresentCard("24400000000012");

        Assert.Equal("24400000000012", (await bench.Until<CardScanned>()).Card.Number);
    }

    [Fact]
    public async Task A_busy_device_is_asked_again_with_the_same_frame()
    {
        await using var bench = await new Bench().StartAsync("io");

        bench.Module.AnswerBusy(3);

        Assert.Equal(OutputResult.Acknowledged, await bench.Bus.UnlockAsync("io", 0, TimeSpan.FromMilliseconds(100)));
        Assert.True(bench.Bus.Status[1].Counters.Busy >= 3);
        Assert.Equal(1, bench.Bus.Status[1].Counters.Sessions);
    }

    [Fact]
    public async Task A_refused_order_is_said_to_be_refused()
    {
        await using var bench = await new Bench(timed: false, change: options => options with
        {
            Devices = [options.Devices[1] with { Locks = [new LockOutput(9)] }],
        }).StartAsync("io");

        Assert.Equal(OutputResult.Rejected, await bench.Bus.UnlockAsync("io", 9, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_session_the_device_has_forgotten_starts_anew_at_its_refusal()
    {
        await using var bench = await new Bench().StartAsync("io");

        bench.Module.RefuseNext(4);
        await bench.Until<DeviceOnline>(told => told.SourceId == "io");

        Assert.DoesNotContain(bench.Passed, told => told is DeviceOffline { SourceId: "io" });
    }

    [Fact]
    public async Task An_unlock_that_no_one_confirms_is_given_up_and_not_sent_again()
    {
        await using var bench = await new Bench().StartAsync("io");

        bench.Line.Faults.Mute = true;
        var result = await bench.Bus.UnlockAsync("io", 0, TimeSpan.FromSeconds(30));
        bench.Line.Faults.Mute = false;
        await bench.Until<DeviceOnline>(told => told.SourceId == "io");
        await Bench.Until(bench.Module, () => bench.Module.SessionPolls >= 3);

        Assert.True(result is OutputResult.Unacknowledged or OutputResult.NotSent, result.ToString());
        Assert.InRange(bench.Switched.Count(switched => switched.On), 0, 1);
    }
}
