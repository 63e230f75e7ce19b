using KioskLink.Devices.Osdp;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>Files to a device, over a real pseudo-terminal.</summary>
public sealed class FileTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly DeviceFile File = new(Content(5000));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_arrives_whole_and_tells_how_far_it_is(bool secure)
    {
        await using var bench = await new Bench(secure).StartAsync("reader");
        var progress = new Steps();

        Assert.Equal(FileResult.Taken, await bench.Bus.SendFileAsync("reader", File, progress));

        Assert.Equal(File.Content.ToArray(), bench.Reader.Files.Taken);
        Assert.Equal(new FileProgress(5000, 5000), progress.Told[^1]);
        Assert.Equal(progress.Told.OrderBy(step => step.Taken), progress.Told);
    }

    [Fact]
    public async Task Fragments_are_as_large_as_the_device_takes_and_no_larger()
    {
        await using var bench = await new Bench().StartAsync("reader");

        await bench.Bus.SendFileAsync("reader", File);

        // 512 bytes a frame, whole blocks, one byte of padding, eleven of header.
        Assert.Equal(484, bench.Reader.Files.LargestFragment);
    }

    [Fact]
    public async Task A_device_that_asks_for_smaller_messages_gets_them()
    {
        await using var bench = await new Bench().StartAsync("reader");
        bench.Reader.Files.LargestMessage = 75;

        Assert.Equal(FileResult.Taken, await bench.Bus.SendFileAsync("reader", new DeviceFile(Content(2000))));

        Assert.True(bench.Reader.Files.Fragments > 20);
    }

    [Fact]
    public async Task A_file_goes_on_where_it_stopped_when_the_cable_was_out()
    {
        await using var bench = await new Bench().StartAsync("reader");
        var (sending, half) = SendSlowly(bench);
        await half.WaitAsync(TimeSpan.FromSeconds(20));

        bench.Line.Unplug();
        await bench.Until<PortLost>();
        var taken = bench.Reader.Files.Fragments;
        bench.Line.Replug();

        Assert.Equal(FileResult.Taken, await sending.WaitAsync(Patience));
        Assert.Equal(File.Content.ToArray(), bench.Reader.Files.Taken);
        Assert.True(bench.Reader.Files.Fragments < taken + 11, "it began anew");
    }

    [Fact]
    public async Task A_device_that_forgot_the_first_half_gets_it_again()
    {
        await using var bench = await new Bench().StartAsync("reader");
        var (sending, half) = SendSlowly(bench);
        await half.WaitAsync(TimeSpan.FromSeconds(20));

        bench.Reader.PowerOff();
        bench.Reader.PowerOn();

        Assert.Equal(FileResult.Taken, await sending.WaitAsync(Patience));
        Assert.Equal(File.Content.ToArray(), bench.Reader.Files.Taken);
    }

    [Fact]
    public async Task Cards_are_read_between_fragments_where_the_device_bears_it()
    {
        await using var bench = await new Bench().StartAsync("reader");
        await bench.UntilFresh();
        bench.Reader.Files.Delay = TimeSpan.FromMilliseconds(30);
        var sending = bench.Bus.SendFileAsync("reader", File);

        bench.Reader.PresentCard("24400000000012");
        await bench.Until<CardScanned>();

        Assert.False(sending.IsCompleted);
        Assert.Equal(FileResult.Taken, await sending.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_device_that_takes_files_only_in_clear_gets_none_unasked()
    {
        await using var bench = await new Bench().StartAsync("reader");
        bench.Reader.Files.Action = 3;

        Assert.Equal(FileResult.WantsClear, await bench.Bus.SendFileAsync("reader", File));

        Assert.Equal(0, bench.Reader.Files.FragmentsInClear);
        Assert.True(bench.Reader.Secured);
    }

    [Fact]
    public async Task A_file_in_clear_takes_the_reader_offline_and_the_secure_session_comes_back()
    {
        await using var bench = await new Bench().StartAsync("reader");
        bench.Reader.Files.Action = 3;

        var sending = bench.Bus.SendFileAsync("reader", File with { MayGoInClear = true });
        await bench.Until<DeviceOffline>(told => told.SourceId == "reader");
        bench.Reader.PresentCard("24400000000012");

        Assert.Equal(FileResult.Taken, await sending.WaitAsync(Patience));
        Assert.Equal(File.Content.ToArray(), bench.Reader.Files.Taken);
        Assert.Equal(SessionSecurity.OwnKey, (await bench.Until<DeviceOnline>(told => told.SourceId == "reader")).Security);
        Assert.DoesNotContain(bench.Passed, told => told is CardScanned);
    }

    [Theory]
    [InlineData(false, FileResult.Taken)]
    [InlineData(true, FileResult.Rebooting)]
    public async Task A_device_may_take_its_time_over_a_whole_file(bool reboots, FileResult result)
    {
        await using var bench = await new Bench().StartAsync("reader");
        (bench.Reader.Files.FinishingReplies, bench.Reader.Files.Reboots) = (5, reboots);

        Assert.Equal(result, await bench.Bus.SendFileAsync("reader", File));
    }

    [Fact]
    public async Task A_device_may_end_a_file()
    {
        await using var bench = await new Bench().StartAsync("reader");
        bench.Reader.Files.AbortsAt = 1000;

        Assert.Equal(FileResult.Aborted, await bench.Bus.SendFileAsync("reader", File));
    }

    [Fact]
    public async Task A_file_may_be_ended_and_the_next_one_sent()
    {
        await using var bench = await new Bench().StartAsync("reader");
        bench.Reader.Files.Delay = TimeSpan.FromMilliseconds(500);
        using var cancel = new CancellationTokenSource();
        var first = bench.Bus.SendFileAsync("reader", File, cancellation: cancel.Token);
        Assert.Equal(FileResult.NotSent, await bench.Bus.SendFileAsync("reader", File));

        await cancel.CancelAsync();
        Assert.Equal(FileResult.Cancelled, await first);
        bench.Reader.Files.Delay = TimeSpan.Zero;

        Assert.Equal(FileResult.Taken, await bench.Bus.SendFileAsync("reader", File));
    }

    // The first task ends with the file, the second once the device has taken some of it.
    private static (Task<FileResult> Sending, Task Half) SendSlowly(Bench bench)
    {
        var (half, began) = (new TaskCompletionSource(), new Steps());
        began.At = step =>
        {
            if (step.Taken > 1000)
                half.TrySetResult();
        };
        bench.Reader.Files.Delay = TimeSpan.FromMilliseconds(20);
        return (bench.Bus.SendFileAsync("reader", File, began), half.Task);
    }

    private static byte[] Content(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        return content;
    }

    private sealed class Steps : IProgress<FileProgress>
    {
        public List<FileProgress> Told { get; } = [];

        public Action<FileProgress> At { get; set; } = _ => { };

        public void Report(FileProgress value)
        {
            Told.Add(value);
            At(value);
        }
    }
}
