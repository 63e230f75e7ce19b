using System.Threading.Channels;
using KioskLink.Devices.Readers;
using KioskLink.Devices.Tests.Bus;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Readers;

/// <summary>Bar code scanners over a real pseudo-terminal: line ends, AIM identifiers, what was scanned too early.</summary>
public sealed class ScannerTests
{
    [Theory]
    [InlineData("", "\r")]
    [InlineData("", "\n")]
    [InlineData("]A0", "\r\n")]
    [InlineData("]C0", "")]
    public async Task A_code_is_one_card_whatever_stands_round_it(string prefix, string suffix)
    {
        await using var bench = new ScannerBench();
        (bench.Scanner.Prefix, bench.Scanner.Suffix) = (prefix, suffix);
        Assert.Null(bench.Listener.Start());

        bench.Scanner.Scan("24400000000012");

        Assert.Equal("24400000000012", (await bench.Next<CardScanned>()).Card.Number);
    }

    [Fact]
    public async Task A_pulled_scanner_works_again_when_it_is_back()
    {
        await using var bench = new ScannerBench();
        Assert.Null(bench.Listener.Start());
        await bench.Next<PortBack>();

        bench.Line.Unplug();
        await bench.Next<PortLost>();
        bench.Line.Replug();
        await bench.Next<PortBack>();
        bench.Scanner.Scan("24400000000012");

        Assert.Equal("24400000000012", (await bench.Next<CardScanned>()).Card.Number);
    }

    [Fact]
    public async Task A_code_in_the_first_moments_of_a_port_is_stale()
    {
        await using var bench = new ScannerBench(quietAfterOpen: TimeSpan.FromMinutes(1));
        Assert.Null(bench.Listener.Start());
        await bench.Next<PortBack>();

        bench.Scanner.Scan("24400000000012");

        Assert.True((await bench.Next<CardScanned>()).Stale);
    }

    [Fact]
    public async Task A_scanner_is_switched_off_by_its_host_command()
    {
        await using var bench = new ScannerBench();
        using var port = new Serial.SerialPort(bench.Line.Path, 9600);
        Assert.Null(port.Open());

        Assert.True(port.Write("D"u8));
        await Bus.Bench.Until(bench.Scanner, () => !bench.Scanner.Enabled);

        Assert.True(port.Write("E"u8));
        await Bus.Bench.Until(bench.Scanner, () => bench.Scanner.Enabled);
    }

    private sealed class ScannerBench : IAsyncDisposable
    {
        private readonly TempFolder _folder = new();
        private readonly Channel<DeviceEvent> _events = DeviceEvent.CreateQueue();

        public ScannerBench(TimeSpan? quietAfterOpen = null)
        {
            Line = new VirtualLine(_folder["scanner"], 9600, [Scanner], TimeProvider.System);
            var quiet = quietAfterOpen ?? TimeSpan.FromMilliseconds(50);
            Listener = new LineScanner(new() { Id = "scanner", Path = Line.Path, QuietAfterOpen = quiet }, _events.Writer, TimeProvider.System);
        }

        public VirtualScanner Scanner { get; } = new();

        public VirtualLine Line { get; }

        public LineScanner Listener { get; }

        public Task<T> Next<T>()
            where T : DeviceEvent => _events.Reader.NextAsync<T>();

        public async ValueTask DisposeAsync()
        {
            await Listener.DisposeAsync();
            Line.Dispose();
            _folder.Dispose();
        }
    }
}
