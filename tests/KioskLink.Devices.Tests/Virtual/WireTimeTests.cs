using System.Diagnostics;
using KioskLink.Devices.Serial;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Virtual;

/// <summary>The virtual line is no faster than a wire, in either direction, and deaf to another speed.</summary>
public sealed class WireTimeTests
{
    private static readonly byte[] Poll = Convert.FromHexString("530108000460BA00");

    [Theory]
    [InlineData(9600)]
    [InlineData(115200)]
    public void A_poll_takes_its_time_both_ways(int baud)
    {
        using var folder = new TempFolder();
        using var line = new VirtualLine(folder["line"], baud, [new VirtualReader(1, key: null)], TimeProvider.System);
        using var port = new SerialPort(line.Path, baud);
        Assert.Null(port.Open());

        var started = Stopwatch.GetTimestamp();
        Assert.True(port.Write(Poll));
        Assert.Equal("5381080004400806", ReadFrame(port, 8));

        // Eight bytes out, 3 ms of thinking, eight bytes back; a slow machine only makes it longer.
        var floor = TimeSpan.FromSeconds(160.0 / baud) + TimeSpan.FromMilliseconds(3);
        Assert.True(Stopwatch.GetElapsedTime(started) >= floor - TimeSpan.FromMilliseconds(0.1));
    }

    [Fact]
    public void A_panel_at_another_speed_is_not_understood()
    {
        using var folder = new TempFolder();
        var reader = new VirtualReader(1, key: null);
        using var line = new VirtualLine(folder["line"], 9600, [reader], TimeProvider.System);
        using var port = new SerialPort(line.Path, 19200);
        Assert.Null(port.Open());

        Assert.True(port.Write(Poll));
        Assert.Equal(LinkSignal.TimedOut, port.Wait(TimeSpan.FromMilliseconds(300)));
        Assert.True(port.SetBaud(9600));
        Assert.True(port.Write(Poll));

        Assert.Equal("5381080004400806", ReadFrame(port, 8));
        Assert.Equal(1, reader.PollsSeen);
    }

    [Fact]
    public void The_same_frame_again_gets_the_same_reply_and_a_card_is_not_lost()
    {
        using var folder = new TempFolder();
        var reader = new VirtualReader(1, key: null);
        using var line = new VirtualLine(folder["line"], 115200, [reader], TimeProvider.System);
        using var port = new SerialPort(line.Path, 115200);
        Assert.Null(port.Open());
        Assert.True(port.Write(Poll));
        ReadFrame(port, 8);
        reader.PresentCard("1234");

        var second = Convert.FromHexString("5301080005608B33");
        Assert.True(port.Write(second));
        var card = ReadFrame(port, 14);
        Assert.True(port.Write(second));

        Assert.Equal(card, ReadFrame(port, 14));
        Assert.Equal(2, reader.PollsSeen);
    }

    private static string ReadFrame(SerialPort port, int length)
    {
        var bytes = new byte[length];
        for (var count = 0; count < length;)
        {
            Assert.Equal(LinkSignal.Readable, port.Wait(TimeSpan.FromSeconds(20)));
            count += port.Read(bytes.AsSpan(count));
        }
        return Convert.ToHexString(bytes);
    }
}
