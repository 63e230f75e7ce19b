using KioskLink.Devices;
using KioskLink.Devices.Osdp;
using KioskLink.Testing;

namespace KioskLink.Cli;

/// <summary>Devices that the command line plays, at the other end of a real panel's port.</summary>
public sealed class EmulateTests : IDisposable
{
    private const int Baud = 115200;
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_played_reader_gives_its_card_to_a_panel_and_repeats_no_keys()
    {
        await using var program = Start("reader", "--address", "5");
        await program.Line("The device is at ");
        var events = DeviceEvent.CreateQueue();
        await using var bus = new OsdpBus(Options(5), events.Writer, TimeProvider.System);
        Assert.Null(bus.Start());
        await Patience.Until(() => bus.Status[0] is { Online: true, Counters.Exchanges: > 20 }, "the played reader is online");

        await program.Type("card 29909090000018");
        await program.Type("keys 2601#");

        Assert.Equal("29909090000018", (await NextAsync<CardScanned>(events.Reader)).Card.Number);
        Assert.Equal("2601#", new string((await NextAsync<KeysPressed>(events.Reader)).Keys.Keys));
        await program.Type("quit");
        var lines = new List<string>();
        Assert.Equal(0, await program.ExitAfter(lines));
        Assert.DoesNotContain("2601", string.Join('\n', lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_captured_reader_is_played_to_another_panel()
    {
        await using var program = Start(["device", "replay", Capture(), "--onto", _folder["port"], "--baud", $"{Baud}"]);
        await program.Line("2 captured replies");
        var events = DeviceEvent.CreateQueue();
        await using var bus = new OsdpBus(Options(1), events.Writer, TimeProvider.System);
        Assert.Null(bus.Start());

        Assert.Equal("1234", (await NextAsync<CardScanned>(events.Reader)).Card.Number);
    }

    [Fact]
    public async Task A_capture_is_counted_by_address()
    {
        var printed = await CommandLine.Run("device", "replay", Capture(), "--json");

        Assert.Equal(0, printed.Code);
        Assert.Equal((4, 0, 1, 2), ((int)printed.Json["frames"]!, (int)printed.Json["damaged"]!, (int)printed.Json["devices"]![0]!["address"]!, (int)printed.Json["devices"]![0]!["exchanges"]!));
    }

    [Fact]
    public async Task A_line_that_is_no_frame_is_named()
    {
        var file = _folder.Write("wrong.osdpcap", "{}\n");

        var printed = await CommandLine.Run("device", "replay", file);

        Assert.Equal(2, printed.Code);
        Assert.Contains("wrong.osdpcap:1", printed.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Capture()
    {
        using var text = new StringWriter();
        var capture = new OsdpCapture(text, TimeProvider.System, "bus0");
        Exchange(capture, "5301080004" + "60" + "BA00", "5381080004" + "40" + "0806");
        Exchange(capture, "530108000560" + "8B33", Raw());
        return _folder.Write("bus0.osdpcap", text.ToString());
    }

    private static void Exchange(OsdpCapture capture, string command, string reply)
    {
        capture.Write(FrameDirection.Sent, Convert.FromHexString(command), masked: false);
        capture.Write(FrameDirection.Received, Convert.FromHexString(reply), masked: false);
    }

    // RAW, 16 bits: 1234 as four digits.
    private static string Raw() => "53810E000550000010001234" + "BA84";

    private RunningProgram Start(string kind, params string[] more) => Start(["device", "emulate", kind, "--port", _folder["port"], "--baud", $"{Baud}", .. more]);

    private static RunningProgram Start(IReadOnlyList<string> arguments) => RunningProgram.Start(SolutionRoot.Program("KioskLink.Cli", "kiosklink"), arguments);

    private OsdpBusOptions Options(byte address) => new()
    {
        Id = "bus",
        Path = _folder["port"],
        Baud = Baud,
        Devices = [new OsdpDeviceOptions { Id = "reader", Address = address, Secure = SecureMode.Clear }],
    };

    private static async Task<T> NextAsync<T>(System.Threading.Channels.ChannelReader<DeviceEvent> events)
        where T : DeviceEvent
    {
        while (true)
            if (await Patience.For(events.ReadAsync().AsTask(), $"a {typeof(T).Name}") is T wanted)
                return wanted;
    }
}
