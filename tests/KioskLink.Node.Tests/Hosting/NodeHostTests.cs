using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using KioskLink.Node.Hosting;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Register.V1;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Hosting;

public class NodeHostTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ManagerSocket _heard;
    private readonly ServiceManager _manager;
    private ScriptedRegister _register = null!;
    private Task _running = Task.CompletedTask;

    public NodeHostTests()
    {
        _heard = new ManagerSocket(_folder["notify.sock"]);
        _manager = new ServiceManager(_heard.Address, TimeProvider.System);
    }

    public async Task InitializeAsync()
    {
        _register = await ScriptedRegister.StartAsync(_authority);
        _register.Enroll = request => Enrolments.Certify(_authority, request);
        _register.Sync = SyncAsync;
        _running = NodeHost.RunAsync(Config(), TimeProvider.System, new LineWriter(_lines.Writer), _manager, _stopping.Token);
    }

    public async Task DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Patience.For(_running, "the end of the node");
        await _register.DisposeAsync();
        _stopping.Dispose();
        _manager.Dispose();
        _heard.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_new_node_enrols_listens_syncs_and_is_ready()
    {
        Assert.StartsWith("LISTENING {", await NextLine(), StringComparison.Ordinal);
        Assert.Equal("READY", await NextLine());

        using var channel = SocketChannel();
        var diagnostics = new DiagnosticsService.DiagnosticsServiceClient(channel);
        await Patience.Until(async () => (await diagnostics.GetStatusAsync(new GetStatusRequest())).Link == LinkState.Online, "the link was online");
        var status = await diagnostics.GetStatusAsync(new GetStatusRequest());

        Assert.Equal((TestAuthority.Node, TestAuthority.Branch, true, true), (status.NodeId, status.BranchId, status.Ready, status.ClockTrusted));
        Assert.Equal((1L, 2L), (status.Position.Version, status.Entitlements));
        Assert.True((await diagnostics.VerifyJournalAsync(new VerifyJournalRequest())).Intact);
    }

    [Fact]
    public async Task The_service_manager_hears_of_start_and_stop_and_is_fed_while_the_doors_are_looked_after()
    {
        await NextLine();
        Assert.StartsWith("STATUS=Waiting", await _heard.NextAsync(), StringComparison.Ordinal);
        Assert.StartsWith("READY=1", await _heard.NextAsync(other: "WATCHDOG=1"), StringComparison.Ordinal);
        Assert.Equal("WATCHDOG=1", await _heard.NextAsync());
        Assert.Equal("WATCHDOG=1", await _heard.NextAsync());

        await _stopping.CancelAsync();

        Assert.Equal("STOPPING=1", await _heard.NextAsync(other: "WATCHDOG=1"));
    }

    [Fact]
    public async Task A_technician_sees_the_journal_as_it_grows()
    {
        await NextLine();
        using var channel = SocketChannel();

        using var watch = new DiagnosticsService.DiagnosticsServiceClient(channel).WatchJournal(new WatchJournalRequest { FromSequence = 1 });

        Assert.True(await Patience.For(watch.ResponseStream.MoveNext(CancellationToken.None), "the first record"));
        Assert.Equal(Protos.Types.V1.RecordKind.JournalOpened, watch.ResponseStream.Current.Open.Kind);
        await Patience.For(watch.ResponseStream.MoveNext(CancellationToken.None), "the second record");
        Assert.Equal(Protos.Types.V1.RecordKind.NodeStarted, watch.ResponseStream.Current.Open.Kind);
    }

    [Fact]
    public async Task A_node_that_stops_ends_the_watches_of_those_who_look_on()
    {
        await NextLine();
        using var channel = SocketChannel();
        var diagnostics = new DiagnosticsService.DiagnosticsServiceClient(channel);
        using var journal = diagnostics.WatchJournal(new WatchJournalRequest { FromSequence = 1 });
        using var steps = diagnostics.WatchSteps(new WatchStepsRequest());
        await Patience.For(journal.ResponseStream.MoveNext(CancellationToken.None), "the first record");

        await _stopping.CancelAsync();

        Assert.Equal(StatusCode.Unavailable, await EndOfAsync(journal.ResponseStream));
        Assert.Equal(StatusCode.Unavailable, await EndOfAsync(steps.ResponseStream));
        await Patience.For(_running, "the end of the node");
    }

    [Fact]
    public async Task Over_tcp_there_are_no_diagnostics()
    {
        var listening = await NextLine();
        var address = System.Text.Json.JsonDocument.Parse(listening["LISTENING ".Length..]).RootElement.GetProperty("kiosk").GetString()!;
        using var channel = GrpcChannel.ForAddress(address);

        var refusal = await Assert.ThrowsAsync<RpcException>(
            () => new DiagnosticsService.DiagnosticsServiceClient(channel).GetStatusAsync(new GetStatusRequest()).ResponseAsync);

        Assert.Equal(StatusCode.Unimplemented, refusal.StatusCode);
    }

    private static async Task<StatusCode> EndOfAsync<T>(IAsyncStreamReader<T> stream)
    {
        var end = await Assert.ThrowsAsync<RpcException>(() => Patience.For(DrainAsync(stream), "the end of a watch"));
        return end.StatusCode;
    }

    private static async Task DrainAsync<T>(IAsyncStreamReader<T> stream)
    {
        while (await stream.MoveNext(CancellationToken.None))
        {
            // Records and steps that came before the end.
        }
    }

    private Task<string> NextLine() => Patience.For(_lines.Reader.ReadAsync().AsTask(), "a line of output", Patience.Program);

    private NodeConfig Config() => new()
    {
        Node = TestAuthority.Node,
        Branch = TestAuthority.Branch,
        Register = _register.Address,
        Data = _folder["data"],
        KeyCustody = Node.Hosting.KeyCustody.Disk,
        DiskCustodyAcceptedBy = "a test",
        Enrollment = _folder.Write("enrollment.token", Enrolments.Token(_authority)),
        Listen = new ListenConfig { Kiosk = "127.0.0.1:0", Pages = "127.0.0.1:0", Socket = _folder["node.sock"] },
    };

    private GrpcChannel SocketChannel() => GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
                await socket.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(_folder["node.sock"]), cancellation);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            },
        },
        DisposeHttpClient = true,
    });

    internal static async Task SyncAsync(
        IAsyncStreamReader<SyncEntitlementsRequest> requests, IServerStreamWriter<SyncEntitlementsResponse> responses, CancellationToken cancel)
    {
        await requests.MoveNext(cancel);
        var now = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        await responses.WriteAsync(new SyncEntitlementsResponse { Welcome = new SyncWelcome { Epoch = "e1", Version = 1, Snapshot = true } }, cancel);
        await responses.WriteAsync(new SyncEntitlementsResponse { State = Samples.State(Samples.Branch()) }, cancel);
        await responses.WriteAsync(new SyncEntitlementsResponse { State = Samples.State(Samples.Adult()) }, cancel);
        await responses.WriteAsync(new SyncEntitlementsResponse { Complete = new SyncComplete { Position = Samples.At(1) } }, cancel);
        while (true)
        {
            await responses.WriteAsync(new SyncEntitlementsResponse { Watermark = new SyncWatermark { Position = Samples.At(1), AsOf = now } }, cancel);
            await Task.Delay(TimeSpan.FromSeconds(1), cancel);
        }
    }
}
