using System.Net.Sockets;
using System.Threading.Channels;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using KioskLink.Devices.Virtual;
using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Node.Tests.Rig;
using KioskLink.Node.Tests.SecondRole;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;
using Microsoft.Data.Sqlite;

namespace KioskLink.Node.Tests.Hosting;

/// <summary>
/// A whole node that may be started again and again on one data folder, as a machine that loses its power: a virtual reader and I/O module
/// on a real line, a scripted register that may be away, a boot id that a reboot changes.
/// </summary>
internal sealed class WholeNode : IAsyncDisposable
{
    private static readonly byte[] ReaderKey = [.. Enumerable.Range(1, 16).Select(value => (byte)value)];
    private static readonly byte[] ModuleKey = [.. Enumerable.Range(101, 16).Select(value => (byte)value)];

    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly VirtualLine _line;
    private readonly int _port = FreePort.Next();
    private readonly ServiceManager _manager = new(socket: null, TimeProvider.System);
    private ScriptedRegister? _register;
    private CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private readonly bool _clear;
    private ByteString _nodeKey = ByteString.Empty;

    /// <summary>Makes a node that is not started.</summary>
    /// <param name="clear">The reader has no key, and its line carries cards in clear.</param>
    public WholeNode(bool clear = false)
    {
        _clear = clear;
        Reader = new VirtualReader(1, clear ? null : ReaderKey);
        _line = new VirtualLine(_folder["bus0"], 115200, [Reader, Module], TimeProvider.System);
        Module.OutputSwitched += (output, on) => Relay.Post((output, on));
        _folder.Write("keys.json", $$"""{ "reader": "{{Convert.ToHexString(ReaderKey)}}", "io": "{{Convert.ToHexString(ModuleKey)}}" }""");
        _folder.Write("enrollment.token", Enrolments.Token(_authority));
        Reboot();
    }

    /// <summary>The user of the machine whom the kernel names to the node at the technicians' socket.</summary>
    public const string Technician = "1000";

    /// <summary>The user at the second socket.</summary>
    public string SecondPerson { get; set; } = "1001";

    public VirtualReader Reader { get; }

    public VirtualIoModule Module { get; } = new(2, ModuleKey);

    public Inbox<(int Output, bool On)> Relay { get; } = new();

    public string Data => _folder["data"];

    /// <summary>The key with which the node enrolled.</summary>
    public byte[] NodeKey => _nodeKey.ToByteArray();

    /// <summary>Whether the machine's clock runs on a battery.</summary>
    public bool BatteryClock { get; init; }

    /// <summary>The door's signed sheet.</summary>
    public CommissioningConfig? Commissioned { get; init; }

    /// <summary>What a test adds to the configuration.</summary>
    public Func<NodeConfig, NodeConfig> Change { get; init; } = config => config;

    /// <summary>Starts the register on its own port.</summary>
    public async Task StartRegisterAsync(LoanService.LoanServiceBase? loans = null)
    {
        _register = await ScriptedRegister.StartAsync(_authority, port: _port);
        _register.Circulation = loans ?? _register.Circulation;
        _register.Enroll = request =>
        {
            _nodeKey = request.NodeKey;
            return Enrolments.Certify(_authority, request);
        };
        _register.Sync = SyncAsync;
    }

    /// <summary>The register that is up.</summary>
    public ScriptedRegister Register => _register!;

    /// <summary>Takes the register away.</summary>
    public async Task StopRegisterAsync()
    {
        await _register!.DisposeAsync();
        _register = null;
    }

    /// <summary>Starts the node's program, and returns once a card can be presented.</summary>
    public async Task StartAsync()
    {
        var lines = Channel.CreateUnbounded<string>();
        _stopping = new CancellationTokenSource();
        _running = NodeHost.RunAsync(Change(Config()), TimeProvider.System, new LineWriter(lines.Writer), _manager, _stopping.Token, UserOf);
        while (await Patience.For(lines.Reader.ReadAsync().AsTask(), "a line of output", Patience.Program) != "READY")
        {
        }
        await Patience.Until(() => Reader.ReadyForCards && Module.SessionPolls > 1, "the ready light");
    }

    /// <summary>Stops the program.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await Patience.For(_running, "the end of the node");
        _stopping.Dispose();
        _running = Task.CompletedTask;
    }

    /// <summary>From now on the journal takes no record, as on a full disk.</summary>
    public void FillJournal()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "journal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TRIGGER full BEFORE INSERT ON record BEGIN SELECT RAISE(ABORT, 'the disk is full'); END";
        command.ExecuteNonQuery();
    }

    /// <summary>Gives the machine another boot, as a power cut does.</summary>
    public void Reboot() => _folder.Write("boot_id", Guid.NewGuid().ToString());

    /// <summary>The line.</summary>
    public VirtualLine Line => _line;

    /// <summary>A channel to its technician's socket.</summary>
    public GrpcChannel OpenSocket() => SocketChannel();

    /// <summary>Starts register and node, and opens a channel to the technicians' socket.</summary>
    public async Task<GrpcChannel> OpenAsync()
    {
        await StartRegisterAsync();
        await StartAsync();
        return OpenSocket();
    }

    /// <summary>A channel to the socket of the second person.</summary>
    public GrpcChannel OpenSecondSocket() => SocketChannel("second.sock");

    /// <summary>The path of the second socket.</summary>
    public string SecondSocket => _folder["second.sock"];

    /// <summary>How the node is.</summary>
    public async Task<GetStatusResponse> StatusAsync()
    {
        using var channel = SocketChannel();
        return await new DiagnosticsService.DiagnosticsServiceClient(channel).GetStatusAsync(new GetStatusRequest());
    }

    /// <summary>Presents a card, types the PIN where there is one, and returns the decision's record.</summary>
    public async Task<RecordOpen> PresentAsync(string card, string pin = "")
    {
        using var channel = SocketChannel();
        using var watch = new DiagnosticsService.DiagnosticsServiceClient(channel)
            .WatchJournal(new WatchJournalRequest { FromSequence = (await StatusAsync()).JournalSequence + 1 });
        Reader.PresentCard(card);
        if (pin.Length > 0)
            Reader.TypeKeys(pin + "#");
        while (await Patience.For(watch.ResponseStream.MoveNext(CancellationToken.None), "a record"))
            if (watch.ResponseStream.Current.Open is { Kind: RecordKind.Decision } decision)
                return decision;
        throw new InvalidOperationException("the journal ended");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_running.IsCompleted)
            await StopAsync();
        if (_register is not null)
            await StopRegisterAsync();
        _line.Dispose();
        _manager.Dispose();
        _folder.Dispose();
    }

    private string UserOf(ServerCallContext context) => context.GetHttpContext().Features.Get<Surface>() == Surface.SecondRole ? SecondPerson : Technician;

    private NodeConfig Config() => new()
    {
        Node = TestAuthority.Node,
        Branch = TestAuthority.Branch,
        Register = $"https://127.0.0.1:{_port}",
        Data = Data,
        KeyCustody = Node.Hosting.KeyCustody.Register,
        BatteryClock = BatteryClock,
        BootIdPath = _folder["boot_id"],
        Enrollment = _folder["enrollment.token"],
        Keys = _folder["keys.json"],
        Listen = new ListenConfig { Kiosk = "127.0.0.1:0", Pages = "127.0.0.1:0", Socket = _folder["node.sock"], SecondRoleSocket = SecondSocket, SecondRoleGroup = OwnGroup.Name() },
        Buses = [new BusConfig { Id = "bus0", Path = _folder["bus0"], Baud = 115200 }],
        Devices =
        [
            new DeviceConfig { Id = "reader", Bus = "bus0", Address = 1, Placement = Placement.Outside, Secure = _clear ? LineSecurity.Clear : LineSecurity.Scbk, AcceptClearKeypad = _clear ? "a test" : null },
            new DeviceConfig { Id = "io", Bus = "bus0", Address = 2, Placement = Placement.Inside },
        ],
        Entrances = [new EntranceConfig { Id = "front-in", Door = Samples.Door, Cards = ["reader"], Pin = "reader", Display = "reader" }],
        Doors = [new DoorConfig { Id = Samples.Door, Outputs = [new OutputConfig { Device = "io", Output = 0 }], Commissioned = Commissioned }],
    };

    private GrpcChannel SocketChannel(string socketName = "node.sock") => GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(_folder[socketName]), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        },
        DisposeHttpClient = true,
    });

    // Tokens and proofs are made with the node key that came at the enrolment, as the register makes them.
    private async Task SyncAsync(
        IAsyncStreamReader<SyncEntitlementsRequest> requests, IServerStreamWriter<SyncEntitlementsResponse> responses, CancellationToken cancel)
    {
        await requests.MoveNext(cancel);
        var keys = Rules.Cards.NodeKeys.Derive(_nodeKey.ToByteArray());
        var snapshot = requests.Current.Hello.Position is null || !requests.Current.Hello.KeyId.Span.SequenceEqual(keys.KeyId);
        var welcome = new SyncWelcome { Epoch = "e1", Version = 1, Snapshot = snapshot, NodeKey = _nodeKey, Time = Now() };
        await responses.WriteAsync(new SyncEntitlementsResponse { Welcome = welcome }, cancel);
        if (snapshot)
        {
            EntityState[] states = [Samples.State(Samples.Branch()), Samples.State(Samples.Adult(keys: keys)), Samples.BadgeState(Samples.Badge, keys)];
            foreach (var state in states)
                await responses.WriteAsync(new SyncEntitlementsResponse { State = state }, cancel);
            await responses.WriteAsync(new SyncEntitlementsResponse { Complete = new SyncComplete { Position = Samples.At(1) } }, cancel);
        }
        while (true)
        {
            await responses.WriteAsync(new SyncEntitlementsResponse { Watermark = new SyncWatermark { Position = Samples.At(1), AsOf = Now() } }, cancel);
            await Task.Delay(TimeSpan.FromSeconds(1), cancel);
        }
    }

    private static Timestamp Now() => Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
}
