using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>What a technician asks a device for, over a real pseudo-terminal: short answers, long ones in parts, and those that never come.</summary>
public sealed class QuestionTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_device_says_in_words_who_made_it(bool secure)
    {
        await using var bench = await new Bench(secure).StartAsync("reader");

        var answer = await bench.Bus.AskAsync("reader", DeviceQuestion.ExtendedIdentity);

        var details = answer.Details!;
        Assert.Equal(("KioskLink", "Virtual reader", "V-0001", "pty"), (details.Manufacturer, details.Product, details.Serial, details.Hardware));
        Assert.Equal(["Core 4.1", "Radio 2.0"], details.Firmware);
    }

    [Fact]
    public async Task An_object_on_a_card_comes_in_parts_to_later_polls()
    {
        await using var bench = await new Bench().StartAsync("reader");

        var answer = await bench.Bus.AskAsync("reader", DeviceQuestion.PivData(0x5FC107, 1, 0));

        Assert.Equal([.. Enumerable.Range(0, 300).Select(value => (byte)value)], answer.Content.ToArray());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(700)]
    public async Task What_a_card_signs_goes_and_comes_in_parts(int length)
    {
        await using var bench = await new Bench().StartAsync("reader");
        var content = new byte[length];
        new Random(length).NextBytes(content);

        var signed = await bench.Bus.AskAsync("reader", DeviceQuestion.GeneralAuthenticate(content));
        var challenged = await bench.Bus.AskAsync("reader", DeviceQuestion.ChallengeResponse(content));

        byte[] expected = [.. Enumerable.Reverse(content)];
        Assert.Equal(expected, signed.Content.ToArray());
        Assert.Equal(expected, challenged.Content.ToArray());
    }

    [Fact]
    public async Task Short_questions_have_their_answers()
    {
        await using var bench = await new Bench().StartAsync("reader", "io");

        Assert.Equal("0000", await Ask("reader", DeviceQuestion.LocalStatus));
        Assert.Equal("00", await Ask("reader", DeviceQuestion.ReaderStatus));
        Assert.Equal(new string('0', 2 * bench.Module.Outputs.Count), await Ask("io", DeviceQuestion.OutputStatus));
        Assert.StartsWith("00", await Ask("io", DeviceQuestion.InputStatus), StringComparison.Ordinal);
        Assert.Equal("CAFE01030201", await Ask("reader", DeviceQuestion.Manufacturer(0xCAFE01, new byte[] { 1, 2, 3 })));
        Assert.Equal("0101AABB", await Ask("reader", DeviceQuestion.Transparent(1, 1, new byte[] { 0xAA, 0xBB })));
        Assert.Equal("00000163040001020304", await Ask("reader", DeviceQuestion.BiometricRead(0, 1, 2, 3)));
        Assert.Equal("00004D", await Ask("reader", DeviceQuestion.BiometricMatch(0, 1, 2, 3, new byte[] { 1, 2 })));
        Assert.Equal("", await Ask("reader", DeviceQuestion.KeepActive(TimeSpan.FromSeconds(2))));
        Assert.Equal("", await Ask("reader", DeviceQuestion.Abort));

        async Task<string> Ask(string device, DeviceQuestion question)
        {
            var answer = await bench.Bus.AskAsync(device, question);
            Assert.True(answer.Result == OutputResult.Acknowledged, $"{question.Name}: {answer}");
            return Convert.ToHexString(answer.Content.Span);
        }
    }

    [Fact]
    public async Task A_device_that_does_not_know_a_question_says_so()
    {
        await using var bench = await new Bench().StartAsync("io");

        Assert.Equal(OutputResult.Rejected, (await bench.Bus.AskAsync("io", DeviceQuestion.PivData(1, 2, 3))).Result);
    }

    [Fact]
    public async Task A_question_larger_than_the_devices_frames_is_not_sent()
    {
        await using var bench = await new Bench().StartAsync("reader");

        Assert.Equal(OutputResult.NotSent, (await bench.Bus.AskAsync("reader", DeviceQuestion.Manufacturer(1, new byte[600]))).Result);
    }

    [Fact]
    public async Task A_device_that_is_offline_is_asked_nothing()
    {
        await using var bench = await new Bench().StartAsync("io");
        bench.Reader.PowerOff();
        await bench.Until<DeviceOffline>(told => told.SourceId == "reader");

        Assert.Equal(OutputResult.NotSent, (await bench.Bus.AskAsync("reader", DeviceQuestion.LocalStatus)).Result);
    }

    [Fact]
    public async Task The_panel_tells_how_large_a_frame_it_takes()
    {
        await using var bench = await new Bench().StartAsync("reader");

        Assert.Equal(1440, bench.Reader.PanelReceiveSize);
    }

    [Fact]
    public async Task Reply_times_are_counted()
    {
        await using var bench = await new Bench().StartAsync("reader");
        await Bench.Until(bench.Reader, () => bench.Reader.SessionPolls > 20);

        var times = bench.Bus.Status[0].Replies;

        // The virtual device thinks for 3 ms.
        Assert.InRange(times.Median, TimeSpan.FromMilliseconds(3), TimeSpan.FromSeconds(1));
        Assert.True(times.Median <= times.P95 && times.P95 <= times.P99 && times.P99 <= times.Longest);
    }
}
