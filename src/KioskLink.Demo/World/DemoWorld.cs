using System.Net;
using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using KioskLink.Demo.Hardware;
using KioskLink.Demo.Machine;
using KioskLink.Demo.Network;
using KioskLink.Demo.Programs;
using KioskLink.Demo.Samples;
using KioskLink.Demo.Setup;
using KioskLink.Protos.Node.V1;
using KioskLink.Sip2;

namespace KioskLink.Demo.World;

/// <summary>
/// The whole demo: register and node as processes, the network between them, the door's hardware, and what the demo
/// sees of the node's journal. Its public calls are safe from several threads.
/// </summary>
internal sealed class DemoWorld : IAsyncDisposable
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RestartTimeout = TimeSpan.FromSeconds(30);
    private readonly DemoOptions _options;
    private readonly TextWriter _output;
    private readonly TimeProvider _time;
    private readonly ChildProgram _registerProgram;
    private readonly ChildProgram _nodeProgram;
    private GrpcChannel? _registerChannel;
    private GrpcChannel? _nodeChannel;
    private Relay? _relay;
    private JournalWatch? _journal;
    private IPEndPoint _registerEndPoint = new(IPAddress.Loopback, 0);

    /// <summary>Lays out the folder; nothing runs yet.</summary>
    public DemoWorld(DemoOptions options, TextWriter output, TimeProvider time)
    {
        (_options, _output, _time) = (options, output, time);
        Folder = new DemoFolder(options.Data);
        _registerProgram = new ChildProgram("KioskLink.Register", ["--config", Folder.RegisterConfig], Path.Combine(Folder.Logs, "register.log"));
        _nodeProgram = new ChildProgram("KioskLink.Node", ["--config", Folder.NodeConfig], Path.Combine(Folder.Logs, "node.log"));
        Hardware = new DemoHardware(Folder, withReader: options.Reader is null, options.Lock, time);
    }

    /// <summary>The demo's folder.</summary>
    public DemoFolder Folder { get; }

    /// <summary>The door and its devices.</summary>
    public DemoHardware Hardware { get; }

    /// <summary>The network between node and register.</summary>
    public Relay Network => _relay ?? throw NotStarted();

    /// <summary>The node's journal as it grows.</summary>
    public JournalWatch Journal => _journal ?? throw NotStarted();

    /// <summary>The register, as its administrator.</summary>
    public ChannelBase Register => _registerChannel ?? throw NotStarted();

    /// <summary>The node, as a technician.</summary>
    public DiagnosticsService.DiagnosticsServiceClient Node { get => field ?? throw NotStarted(); private set; }

    /// <summary>Where the register listens.</summary>
    public Uri RegisterAddress { get; private set; } = new("https://127.0.0.1/");

    /// <summary>Where the staff's pages are.</summary>
    public Uri ConsoleAddress { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Where the entrance's on-screen keypad is.</summary>
    public Uri PanelAddress { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Where checkout machines connect to the node.</summary>
    public IPEndPoint MachineEndPoint { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>Whether the register's process runs.</summary>
    public bool RegisterRuns => _registerProgram.IsRunning;

    /// <summary>Whether the node's process runs.</summary>
    public bool NodeRuns => _nodeProgram.IsRunning;

    /// <summary>The node's process id.</summary>
    /// <exception cref="InvalidOperationException">It was never started.</exception>
    public int NodeProcess => _nodeProgram.ProcessId;

    /// <summary>What keeps the node from coming Online; null when nothing does.</summary>
    public string? Broken => !NodeRuns ? "the node is not running"
        : !RegisterRuns ? "the register is not running"
        : Network.Mode != RelayMode.Whole ? "the network is cut"
        : null;

    /// <summary>Starts everything and returns when a patron could walk up to the door.</summary>
    /// <exception cref="IOException">The patrons' file cannot be read, or there is no such reader.</exception>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        if (_options.Reader is { } device && !File.Exists(device))
        {
            throw new IOException($"There is no serial device {device}: plug the reader in and name it as it stands in /dev/serial/by-id.");
        }
        await using var patrons = _options.Patrons is { } file ? File.OpenRead(file) : null;
        await StartRegisterFirstTimeAsync(patrons, cancellation);
        _relay = Relay.Start(() => _registerEndPoint);
        await StartNodeFirstTimeAsync(cancellation);
        await _nodeProgram.WaitUntilReadyAsync(ReadyTimeout, cancellation);
        await WaitForLinkAsync(ReadyTimeout).WaitAsync(cancellation);
        await AskOnceAtMachineAsync().WaitAsync(cancellation);
        await WaitForLinkAsync(ReadyTimeout).WaitAsync(cancellation);
        await WaitForReaderAsync(ReadyTimeout).WaitAsync(cancellation);
    }

    /// <summary>Starts the register again after a kill.</summary>
    public async Task StartRegisterAsync()
    {
        await _registerProgram.StartAsync();
        await SettleLinkAsync();
    }

    /// <summary>Kills the register.</summary>
    public Task KillRegisterAsync() => _registerProgram.KillAsync();

    /// <summary>Starts the node again after a kill.</summary>
    public async Task StartNodeAsync()
    {
        await _nodeProgram.StartAsync();
        await SettleLinkAsync();
    }

    /// <summary>Kills the node.</summary>
    public async Task KillNodeAsync()
    {
        await _nodeProgram.KillAsync();
        Hardware.Reader.ForgetPanel();
    }

    /// <summary>Waits until the node's link is Online.</summary>
    public Task WaitForLinkAsync(TimeSpan timeout) =>
        WaitAsync(async () => (await StatusAsync())?.Link == LinkState.Online, timeout, "the node did not come online");

    /// <summary>Waits until the reader shows its ready light and was polled twice in this session; a real one, whose light nobody sees, until it answers.</summary>
    public Task WaitForReaderAsync(TimeSpan timeout) => Hardware.HasReader
        ? WaitAsync(() => Task.FromResult(Hardware.Reader.ReadyForCards), timeout, "the reader's ready light did not come on")
        : WaitAsync(RealReaderAnswersAsync, timeout, $"the reader at {_options.Reader} (address {_options.ReaderAddress}, {_options.ReaderBaud} baud) did not answer");

    /// <summary>The node's status; null while it cannot be asked.</summary>
    public async Task<GetStatusResponse?> StatusAsync()
    {
        try
        {
            return await Node.GetStatusAsync(new GetStatusRequest(), deadline: _time.GetUtcNow().UtcDateTime.AddSeconds(2));
        }
        catch (RpcException)
        {
            return null;
        }
    }

    /// <summary>The last sequence of the node's journal.</summary>
    public async Task<long> JournalEndAsync()
    {
        GetStatusResponse? status = null;
        await WaitAsync(async () => (status = await StatusAsync()) is not null, AnswerTimeout, "the node did not answer");
        return status!.JournalSequence;
    }

    /// <summary>Waits until a condition holds, asking every 50 ms.</summary>
    public async Task WaitAsync(Func<Task<bool>> condition, TimeSpan timeout, string problem)
    {
        var start = _time.GetTimestamp();
        while (!await condition())
        {
            if (_time.GetElapsedTime(start) > timeout)
            {
                throw new TimeoutException($"{problem} within {timeout.TotalSeconds:0} s");
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), _time);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Whoever watches the journal leaves first: a node that stops waits for its callers.
        if (_journal is not null)
        {
            await _journal.DisposeAsync();
        }
        await _nodeProgram.StopAsync();
        await _registerProgram.StopAsync();
        if (_relay is not null)
        {
            await _relay.DisposeAsync();
        }
        _nodeChannel?.Dispose();
        _registerChannel?.Dispose();
        Hardware.Dispose();
        Folder.Dispose();
    }

    /// <summary>Where both programs run on a whole network, the node finds the register before patrons come.</summary>
    private async Task SettleLinkAsync()
    {
        if (Broken is null)
        {
            await WaitForLinkAsync(RestartTimeout);
        }
    }

    // The first patron at a machine finds everything awake, as the first card at the door does.
    private async Task AskOnceAtMachineAsync()
    {
        await using var line = new MachineLine(MachineEndPoint, _time);
        await WaitAsync(
            async () => (await line.Client.AskAsync<ItemInformationResponse>(line.Client.Requests.Item(SampleItem.All[0].Barcode))).IsAnswered,
            ReadyTimeout,
            $"the node did not answer a checkout machine at {MachineEndPoint}");
    }

    private async Task<bool> RealReaderAnswersAsync() =>
        await StatusAsync() is { } status && status.Devices.Any(device => device is { DeviceId: Wiring.ReaderId, Online: true });

    private async Task StartRegisterFirstTimeAsync(FileStream? patrons, CancellationToken cancellation)
    {
        var fresh = !Folder.IsInitialised;
        if (fresh)
        {
            Folder.WriteRegisterConfig(_options.RegisterPort);
            await OneOffProgram.RunAsync("KioskLink.Register", ["init", "--administrator", RegisterSetup.Administrator, "--config", Folder.RegisterConfig]);
        }
        var listening = await Ports.StartOnFreeAsync(_options.RegisterPort, "register", _output, port =>
        {
            Folder.WriteRegisterConfig(port);
            return _registerProgram.StartAsync(cancellation);
        });
        RegisterAddress = new Uri(listening.GetProperty("grpc").GetString() ?? "");
        ConsoleAddress = new Uri(listening.GetProperty("console").GetString() ?? "");
        // A register that is killed and started again keeps its pages where they were.
        Folder.WriteRegisterConfig(RegisterAddress.Port, ConsoleAddress.Port);
        _registerEndPoint = new IPEndPoint(IPAddress.Loopback, RegisterAddress.Port);
        _registerChannel = Channels.ToRegister(RegisterAddress, Folder.RegisterData);
        var setup = new RegisterSetup(_registerChannel, _output, _time);
        await setup.FillAsync().WaitAsync(cancellation);
        if (patrons is not null)
        {
            await setup.ImportAsync(patrons, Path.GetFileName(patrons.Name), cancellation);
        }
        if (fresh)
        {
            await new LoanSetup(_registerChannel, _time).FillAsync().WaitAsync(cancellation);
            File.WriteAllText(Folder.EnrolmentToken, await setup.CreateEnrolmentAsync());
        }
    }

    private async Task StartNodeFirstTimeAsync(CancellationToken cancellation)
    {
        var wiring = _options.Reader is { } path
            ? Wiring.RealReader(path, _options.ReaderBaud, _options.ReaderAddress, Folder.BusLink)
            : Wiring.Virtual(Folder.BusLink, _options.Lock);
        File.WriteAllText(Folder.DeviceTokens, JsonSerializer.Serialize(new Dictionary<string, string>()));
        Folder.WriteMachinePasswords();
        _nodeChannel = Channels.ToNode(Folder.NodeSocket);
        Node = new DiagnosticsService.DiagnosticsServiceClient(_nodeChannel);
        var register = new Uri($"https://{Network.EndPoint}");
        var listening = await Ports.StartOnFreeAsync(_options.MachinePort, "SIP2 listener", _output, machines =>
            Ports.StartOnFreeAsync(_options.KioskPort, "node", _output, port =>
            {
                MachineEndPoint = new IPEndPoint(IPAddress.Loopback, machines);
                Folder.WriteNodeConfig(register, port, machines, wiring);
                return _nodeProgram.StartAsync(cancellation);
            }));
        var pages = new Uri(listening.GetProperty("pages").GetString() ?? "");
        PanelAddress = new Uri(pages, $"/panel/{Wiring.EntranceId}");
        // A node that is killed and started again keeps its pages where they were.
        Folder.WriteNodeConfig(register, new Uri(listening.GetProperty("kiosk").GetString() ?? "").Port, MachineEndPoint.Port, wiring, pages.Port);
        _journal = new JournalWatch(Node);
    }

    private static InvalidOperationException NotStarted() => new("The demo is not started yet.");
}
