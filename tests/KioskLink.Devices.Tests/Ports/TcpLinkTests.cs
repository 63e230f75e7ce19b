using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Readers;
using KioskLink.Devices.Serial;
using KioskLink.Devices.Tests.Bus;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Ports;

/// <summary>Lines behind a serial server, over real TCP: they work as a line of this machine does, and come back when server or network do.</summary>
public sealed class TcpLinkTests : IDisposable
{
    private const int Baud = 115200;
    private readonly TempFolder _folder = new();
    private readonly Channel<DeviceEvent> _events = DeviceEvent.CreateQueue();

    [Fact]
    public async Task A_secure_reader_and_a_lock_work_through_a_server_and_again_after_it_lost_its_supply()
    {
        var reader = new VirtualReader(1, Bench.ReaderKey);
        var module = new VirtualIoModule(2, Bench.ModuleKey);
        using var line = new VirtualLine(_folder["line"], Baud, [reader, module], TimeProvider.System);
        using var server = new VirtualSerialServer(line.Path, Baud);
        await using var bus = new OsdpBus(OptionsOf(server.Path), _events.Writer, TimeProvider.System);
        Assert.Null(bus.Start());
        await UntilOnlineAsync();

        for (var round = 0; round < 3; round++)
        {
            server.Powered = false;
            await _events.Reader.NextAsync<PortLost>();
            server.Powered = true;
            await _events.Reader.NextAsync<PortBack>();
            await UntilOnlineAsync();
            Assert.Equal(OutputResult.Acknowledged, await bus.UnlockAsync("io", 0, TimeSpan.FromMilliseconds(100)));
        }

        await Bench.Until(reader, () => reader.SessionPolls >= 3);
        reader.PresentCard("24400000000012");
        Assert.Equal("24400000000012", (await _events.Reader.NextAsync<CardScanned>()).Card.Number);
    }

    [Fact]
    public async Task A_scanner_behind_a_server_is_heard_and_a_server_that_comes_late_is_waited_for()
    {
        var scanner = new VirtualScanner();
        using var line = new VirtualLine(_folder["line"], 9600, [scanner], TimeProvider.System);
        using var server = new VirtualSerialServer(line.Path, 9600) { Powered = false };
        await Patience.Until(() => new TcpLink(server.Path, TcpAddress.Parse(server.Path)!, 9600).Open() is { Kind: PortProblemKind.Missing }, "nobody to listen");
        await using var listener = new LineScanner(new() { Id = "scanner", Path = server.Path, QuietAfterOpen = TimeSpan.FromMilliseconds(20) }, _events.Writer, TimeProvider.System);
        Assert.Null(listener.Start());
        Assert.Contains(server.Path, (await _events.Reader.NextAsync<PortLost>()).Sentence, StringComparison.Ordinal);

        server.Powered = true;
        await _events.Reader.NextAsync<PortBack>();
        await Patience.Until(() => server.Clients > 0, "the client");
        scanner.Scan("24400000000012");

        Assert.Equal("24400000000012", (await _events.Reader.NextAsync<CardScanned>()).Card.Number);
    }

    [Fact]
    public async Task A_reset_ends_waits_reads_and_writes()
    {
        using var peer = new TcpListener(IPAddress.Loopback, 0);
        peer.Start();
        using var link = LinkTo((IPEndPoint)peer.LocalEndpoint);
        Assert.Null(link.Open());
        using var accepted = await peer.AcceptSocketAsync();
        Assert.Equal(LinkSignal.TimedOut, link.Wait(TimeSpan.FromMilliseconds(1)));
        Assert.Equal(0, link.Read(new byte[8]));

        accepted.LingerState = new LingerOption(true, 0);
        accepted.Dispose();

        Assert.Contains(link.Wait(TimeSpan.FromSeconds(20)), new[] { LinkSignal.Gone, LinkSignal.Readable });
        Assert.Equal(-1, link.Read(new byte[8]));
        Assert.False(link.Write([1]));
        link.Close();
        Assert.Equal(LinkSignal.TimedOut, link.Wait(TimeSpan.FromMilliseconds(1)));
        Assert.Equal(-1, link.Read(new byte[8]));
    }

    [Fact]
    public void A_server_that_drops_every_try_costs_no_more_than_the_limit_of_one()
    {
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        deaf.Listen(0);
        // The kernel lets a connection or two into the queue of one who accepts none, and then drops what comes.
        var links = new List<TcpLink>();
        PortProblem? problem = null;
        while (problem is null && links.Count < 8)
        {
            links.Add(LinkTo((IPEndPoint)deaf.LocalEndPoint!));
            problem = links[^1].Open();
        }

        Assert.Equal(PortProblemKind.Missing, problem?.Kind);
        Assert.Contains("TimedOut", problem!.Sentence, StringComparison.Ordinal);
        links.ForEach(link => link.Dispose());
    }

    [Fact]
    public async Task A_wait_is_ended_from_another_thread()
    {
        using var peer = new TcpListener(IPAddress.Loopback, 0);
        peer.Start();
        using var link = LinkTo((IPEndPoint)peer.LocalEndpoint);
        Assert.Null(link.Open());

        var waiting = Task.Factory.StartNew(() => link.Wait(TimeSpan.FromMinutes(1)), TaskCreationOptions.LongRunning);
        link.Wake();

        Assert.Equal(LinkSignal.Woken, await waiting);
    }

    [Fact]
    public async Task A_server_that_takes_no_bytes_counts_as_gone()
    {
        using var peer = new TcpListener(IPAddress.Loopback, 0);
        peer.Start();
        using var link = LinkTo((IPEndPoint)peer.LocalEndpoint);
        Assert.Null(link.Open());
        using var accepted = await peer.AcceptSocketAsync();

        Assert.False(link.Write(new byte[1 << 24]));
    }

    [Theory]
    [InlineData("tcp://192.0.2.10:4001", true)]
    [InlineData("tcp://[2001:db8::1]:4001", true)]
    [InlineData("tcp://192.0.2.10", false)]
    [InlineData("tcp://192.0.2.10:0", false)]
    [InlineData("tcp://nport.example:4001", false)]
    [InlineData("tcp://", false)]
    [InlineData("tcp://:4001", false)]
    [InlineData("TCP://192.0.2.10:99999", false)]
    [InlineData("/dev/serial/by-id/usb-x", true)]
    public void An_address_is_numbers_and_a_port(string path, bool right)
    {
        Assert.Equal(right, SerialLinks.ProblemOf(path) is null);
        if (!right)
            Assert.Throws<ArgumentException>(() => SerialLinks.At(path, 9600));
    }

    [Fact]
    public void Only_the_speed_of_the_server_can_be_had()
    {
        using var link = LinkTo(new IPEndPoint(IPAddress.Loopback, 1));

        Assert.True(link.SetBaud(Baud));
        Assert.False(link.SetBaud(9600));
    }

    public void Dispose() => _folder.Dispose();

    private static TcpLink LinkTo(IPEndPoint address) => new($"tcp://{address}", address, Baud);

    private static OsdpBusOptions OptionsOf(string path) => new()
    {
        Id = "bus",
        Path = path,
        Baud = Baud,
        Devices =
        [
            new() { Id = "reader", Address = 1, Secure = SecureMode.Scbk, Keys = [Bench.ReaderKey] },
            new() { Id = "io", Address = 2, Secure = SecureMode.Scbk, Keys = [Bench.ModuleKey], Locks = [new LockOutput(0)] },
        ],
    };

    private async Task UntilOnlineAsync()
    {
        var missing = new HashSet<string> { "reader", "io" };
        while (missing.Count > 0)
            missing.Remove((await _events.Reader.NextAsync<DeviceOnline>()).SourceId);
    }
}
