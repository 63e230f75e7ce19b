using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>COMSET, and the trace a technician asks for.</summary>
public sealed class CommunicationTests
{
    [Fact]
    public async Task A_device_takes_a_new_address_and_speed_and_the_line_follows()
    {
        await using var bench = await new Bench(baud: 38400, change: options => options with { Devices = [options.Devices[0]] }).StartAsync("reader");

        Assert.Equal(OutputResult.Acknowledged, await bench.Bus.SetCommunicationAsync("reader", 5, 115200));
        await bench.Until<DeviceOnline>();

        Assert.Equal((5, 115200), (bench.Reader.Address, bench.Line.Baud));
        Assert.True(bench.Reader.Secured);
    }

    [Fact]
    public async Task A_capture_holds_frames_of_both_directions_as_json_lines()
    {
        var text = new StringWriter();
        var capture = new OsdpCapture(text, TimeProvider.System, "bus0");

        await using (await new Bench(secure: false, trace: capture.Write).StartAsync("reader"))
        {
        }

        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(lines, line => line.Contains("\"io\":\"out\",\"data\":\"53 01 08 00 04 60 ba 00\"", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("\"io\":\"in\",\"data\":\"53 81", StringComparison.Ordinal));
    }
}
