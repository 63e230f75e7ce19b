using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;
using Grpc.Net.Client;
using KioskLink.Circulation.Machines;
using KioskLink.Node.Hosting;
using KioskLink.Node.Tests.Hosting;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Node.V1;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Circulation;

/// <summary>The whole node with a listener for machines.</summary>
public class MachineNodeTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ServiceManager _manager = new(socket: null, TimeProvider.System);
    private ScriptedRegister _register = null!;
    private Task _running = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _register = await ScriptedRegister.StartAsync(_authority);
        _register.Enroll = request => Enrolments.Certify(_authority, request);
        _register.Sync = NodeHostTests.SyncAsync;
        _running = NodeHost.RunAsync(Config(), TimeProvider.System, new LineWriter(_lines.Writer), _manager, _stopping.Token);
    }

    public async Task DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Patience.For(_running, "the end of the node");
        await _register.DisposeAsync();
        _stopping.Dispose();
        _manager.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_machine_finds_its_listener_by_the_line_of_the_program_and_asks_the_register()
    {
        var listening = await NextLine();
        Assert.Equal("READY", await NextLine());
        var address = JsonDocument.Parse(listening["LISTENING ".Length..]).RootElement.GetProperty("sip2")[0].GetString()!;
        await using var machine = await LineDevice.ConnectAsync(address);

        Assert.Equal("941", await machine.SayAsync(MachineHall.Login));
        // Renewals are the register's alone: without it the node says N for them.
        await Patience.Until(async () => (await machine.SayAsync("9900802.00")).StartsWith("98YYYY", StringComparison.Ordinal), "a register that is online");
        Assert.Contains("|BLY|CQY|", await machine.SayAsync(MachineHall.Ask63), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_stays_connected_does_not_keep_the_node_from_stopping()
    {
        var listening = await NextLine();
        await using var machine = await LineDevice.ConnectAsync(JsonDocument.Parse(listening["LISTENING ".Length..]).RootElement.GetProperty("sip2")[0].GetString()!);
        Assert.Equal("941", await machine.SayAsync(MachineHall.Login));

        await _stopping.CancelAsync();

        await Patience.For(_running, "the end of the node");
        Assert.Equal("", await machine.HearAsync());
    }

    [Fact]
    public async Task A_technician_sees_where_machines_connect_and_what_they_have_asked()
    {
        var address = JsonDocument.Parse((await NextLine())["LISTENING ".Length..]).RootElement.GetProperty("sip2")[0].GetString()!;
        await using var machine = await LineDevice.ConnectAsync(address);
        Assert.Equal("941", await machine.SayAsync(MachineHall.Login));
        await machine.SayAsync("9900802.00");

        var seen = (await StatusAsync()).Machines;

        Assert.Equal([address], seen.Addresses);
        Assert.Equal((1, 1, 0, 2, 0), (seen.Open, seen.Accepted, seen.Refused, seen.Messages, seen.Failed));
    }

    private async Task<GetStatusResponse> StatusAsync()
    {
        using var channel = GrpcChannel.ForAddress("http://node", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { ConnectCallback = async (_, cancel) => await OpenSocketAsync(cancel) },
            DisposeHttpClient = true,
        });
        return await new DiagnosticsService.DiagnosticsServiceClient(channel).GetStatusAsync(new GetStatusRequest());
    }

    private async Task<Stream> OpenSocketAsync(CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_folder["node.sock"]), cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private Task<string> NextLine() => Patience.For(_lines.Reader.ReadAsync().AsTask(), "a line of output", Patience.Program);

    private NodeConfig Config() => new()
    {
        Node = TestAuthority.Node,
        Branch = TestAuthority.Branch,
        Register = _register.Address,
        Data = _folder["data"],
        KeyCustody = KeyCustody.Disk,
        DiskCustodyAcceptedBy = "test",
        Enrollment = _folder.Write("enrollment.token", Enrolments.Token(_authority)),
        Listen = new ListenConfig { Kiosk = "127.0.0.1:0", Pages = "127.0.0.1:0", Socket = _folder["node.sock"] },
        Sip2 = new Sip2Config
        {
            Listeners = [new Sip2ListenConfig { Address = "127.0.0.1:0" }],
            Passwords = MachineHall.PasswordFile(_folder, """{ "kiosk1": "s3cret" }"""),
            Machines = [MachineHall.SelfCheck],
        },
    };
}
